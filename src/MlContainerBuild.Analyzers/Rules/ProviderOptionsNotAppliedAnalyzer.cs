using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.OnnxRuntime;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2001. ONNX Runtime has two overloads for each NVIDIA and AMD provider: <c>…_CUDA(OrtCUDAProviderOptions)</c> and
/// <c>…_CUDA(int deviceId = 0)</c>. The second one still binds when the options object is forgotten.
///
/// The rule starts at a call of the second overload and looks, in the same member, for a local of the matching options
/// type that is filled by <c>UpdateOptions</c> and does not escape: every use of it only fills, reads, tests or disposes
/// it. Passing it on in any way (argument, return, field, another variable) ends the search, since somebody else may
/// apply it. The fill and the call must be able to run in one execution of the member.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ProviderOptionsNotAppliedAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Property of the diagnostic: the local that the call can take, only where taking it changes nothing else.</summary>
    internal const string ApplicableLocal = "applicableLocal";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.ProviderOptionsNotApplied);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With(SessionOptionsUse.AppendWords, start.Compilation) is { } appends && OverloadPairs.Find(start.Compilation) is { } pairs)
                appends.RegisterOperationAction(start, pairs.Analyze, OperationKind.Invocation);
        });
    }

    private sealed class OverloadPairs
    {
        private static readonly string[] OptionTypes =
        [
            "Microsoft.ML.OnnxRuntime.OrtCUDAProviderOptions",
            "Microsoft.ML.OnnxRuntime.OrtTensorRTProviderOptions",
            "Microsoft.ML.OnnxRuntime.OrtROCMProviderOptions",
        ];

        private readonly Dictionary<IMethodSymbol, INamedTypeSymbol> optionsOfDeviceIdOverload;

        private OverloadPairs(Dictionary<IMethodSymbol, INamedTypeSymbol> optionsOfDeviceIdOverload) =>
            this.optionsOfDeviceIdOverload = optionsOfDeviceIdOverload;

        /// <summary>The pairs are read from the referenced version's own overloads: their names have changed (ROCM, ROCm).</summary>
        internal static OverloadPairs? Find(Compilation compilation)
        {
            if (compilation.GetTypeByMetadataName("Microsoft.ML.OnnxRuntime.SessionOptions") is not { } sessionOptions)
                return null;

            var pairs = new Dictionary<IMethodSymbol, INamedTypeSymbol>(SymbolEqualityComparer.Default);
            foreach (string name in OptionTypes)
            {
                if (compilation.GetTypeByMetadataName(name) is not { } options)
                    continue;

                foreach (IMethodSymbol withOptions in sessionOptions.GetMembers().OfType<IMethodSymbol>())
                {
                    if (withOptions.Parameters.Length != 1 || !SymbolEqualityComparer.Default.Equals(withOptions.Parameters[0].Type, options))
                        continue;

                    foreach (IMethodSymbol overload in sessionOptions.GetMembers(withOptions.Name).OfType<IMethodSymbol>())
                    {
                        if (overload.Parameters.Length > 0 && overload.Parameters[0].Type.SpecialType == SpecialType.System_Int32)
                            pairs[overload] = options;
                    }
                }
            }

            return pairs.Count == 0 ? null : new OverloadPairs(pairs);
        }

        internal void Analyze(OperationAnalysisContext context)
        {
            var call = (IInvocationOperation)context.Operation;
            if (!optionsOfDeviceIdOverload.TryGetValue(call.TargetMethod, out INamedTypeSymbol? options))
                return;

            IOperation member = call;
            while (member.Parent is { } parent)
                member = parent;

            foreach (OptionsLocal local in OptionsLocal.FindUnapplied(member, options))
            {
                if (!local.Fills.Any(fill => CanRunTogether(fill, call)))
                    continue;

                context.ReportDiagnostic(Descriptors.ProviderOptionsNotApplied.At(
                    call.Syntax.GetLocation(),
                    Descriptors.ProviderOptionsNotApplied.DefaultSeverity,
                    CanTake(call, local) ? (ApplicableLocal, local.Symbol.Name) : null,
                    local.Symbol.Name,
                    call.TargetMethod.Name));
                return;
            }
        }

        /// <summary>
        /// Passing the local replaces the device id, so the id must be the default one; and the local must be in scope,
        /// assigned, filled and not yet disposed where the call stands.
        /// </summary>
        private static bool CanTake(IInvocationOperation call, OptionsLocal local)
        {
            int position = call.Syntax.SpanStart;
            return call.Arguments.All(argument =>
                    argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.ConstantValue is { HasValue: true, Value: 0 })
                && local.IsAssignedByDeclaration
                && local.Fills.All(fill => fill.Syntax.SpanStart < position)
                && local.Disposals.All(disposal => disposal.Syntax.SpanStart > position)
                && call.SemanticModel?.LookupSymbols(position, name: local.Symbol.Name)
                    .Contains(local.Symbol, SymbolEqualityComparer.Default) == true;
        }
    }

    /// <summary>
    /// False when one execution of the member cannot run both: they are in different branches, or a statement around the
    /// first one always returns before the second.
    /// </summary>
    private static bool CanRunTogether(IOperation one, IOperation other)
    {
        (IOperation first, IOperation second) = one.Syntax.SpanStart < other.Syntax.SpanStart ? (one, other) : (other, one);

        // Ends at the child of the nearest common ancestor.
        IOperation outer = first;
        while (outer.Parent is { } parent && !parent.Syntax.Span.Contains(second.Syntax.Span))
        {
            if (AlwaysReturns(outer))
                return false;

            outer = parent;
        }

        return !AlwaysReturns(outer) && outer.Parent switch
        {
            IConditionalOperation conditional => outer == conditional.Condition,
            ISwitchOperation => outer is not ISwitchCaseOperation,
            ISwitchExpressionOperation => outer is not ISwitchExpressionArmOperation,
            _ => true,
        };
    }

    private static bool AlwaysReturns(IOperation operation) =>
        operation.Syntax is StatementSyntax statement
        && operation.SemanticModel?.AnalyzeControlFlow(statement) is { Succeeded: true, EndPointIsReachable: false } flow
        && flow.ExitPoints.All(exit => exit is ReturnStatementSyntax);

    /// <summary>A local that holds filled provider options which nothing in the member takes.</summary>
    private sealed class OptionsLocal(ILocalSymbol symbol)
    {
        internal ILocalSymbol Symbol { get; } = symbol;

        internal List<IInvocationOperation> Fills { get; } = [];

        internal List<IInvocationOperation> Disposals { get; } = [];

        internal bool IsAssignedByDeclaration => Symbol.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax });

        private bool Escapes { get; set; }

        internal static IEnumerable<OptionsLocal> FindUnapplied(IOperation member, INamedTypeSymbol options)
        {
            var locals = new Dictionary<ILocalSymbol, OptionsLocal>(SymbolEqualityComparer.Default);
            foreach (IOperation operation in member.DescendantsAndSelf())
            {
                if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local.Type, options))
                    continue;

                if (!locals.TryGetValue(reference.Local, out OptionsLocal? local))
                    locals.Add(reference.Local, local = new OptionsLocal(reference.Local));

                local.Visit(reference);
            }

            return locals.Values.Where(local => !local.Escapes && local.Fills.Count > 0);
        }

        private void Visit(ILocalReferenceOperation reference)
        {
            switch (reference.Parent)
            {
                case IInvocationOperation call when call.Instance == reference:
                    VisitCall(call);
                    break;
                case IConditionalAccessOperation { WhenNotNull: IInvocationOperation { Instance: IConditionalAccessInstanceOperation } call } access
                    when access.Operation == reference:
                    VisitCall(call);
                    break;
                case ISimpleAssignmentOperation assignment when assignment.Target == reference && assignment.Parent is IExpressionStatementOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals }:
                case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
                case IPropertyReferenceOperation:
                case INameOfOperation:
                case IUsingOperation:
                case IConversionOperation { IsImplicit: true, Parent: IUsingOperation or IBinaryOperation }:
                    break;
                default:
                    Escapes = true;
                    break;
            }
        }

        private void VisitCall(IInvocationOperation call)
        {
            switch (call.TargetMethod.Name)
            {
                case "UpdateOptions":
                    Fills.Add(call);
                    break;
                case "Dispose" or "Close":
                    Disposals.Add(call);
                    break;
                case "GetOptions" or "GetDeviceId":
                    break;
                default:
                    // DangerousGetHandle and the like: the options may be applied through the handle.
                    Escapes = true;
                    break;
            }
        }
    }
}
