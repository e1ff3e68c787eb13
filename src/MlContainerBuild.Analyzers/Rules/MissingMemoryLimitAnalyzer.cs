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
/// MLC2004. Without <c>gpu_mem_limit</c> the arena of the CUDA and ROCm providers grows to the whole device. Reported where the
/// provider is appended with nothing but a device id, or with options whose whole content is in sight and has no limit.
///
/// Silent where somebody may have set a limit in another way: options or dictionaries that are not wholly in sight, an arena
/// configuration or shared allocator anywhere in the type (it overrides the option), arena shrinkage; and for a member that
/// only tests whether the provider exists.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingMemoryLimitAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.MissingMemoryLimit);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With(SessionOptionsUse.AppendWords, start.Compilation) is { } appends && start.Compilation.GetTypeByMetadataName("Microsoft.ML.OnnxRuntime.SessionOptions") is { } sessionOptions)
                appends.RegisterOperationAction(start, operation => Analyze(operation, sessionOptions), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol sessionOptions)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is not ("AppendExecutionProvider_CUDA" or "MakeSessionOptionWithCudaProvider"
                or "AppendExecutionProvider_ROCm" or "AppendExecutionProvider_ROCM" or "MakeSessionOptionWithRocmProvider")
            || call.Arguments.Length == 0
            || !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, sessionOptions)
            || SymbolEqualityComparer.Default.Equals(context.ContainingSymbol.ContainingType, sessionOptions))
        {
            return;
        }

        IArgumentOperation first = call.Arguments.First(argument => argument.Parameter?.Ordinal == 0);
        bool isUnlimited = first.Parameter?.Type.SpecialType == SpecialType.System_Int32
            ? call.Arguments.Length == 1 && !HasOptionsLocal(call)
            : IsFilledWithoutLimit(first.Value.Unwrap());

        if (isUnlimited && !SessionOptionsUse.IsProbe(call) && !ConfiguresArena(call.Syntax))
            context.ReportDiagnostic(Descriptors.MissingMemoryLimit.At(call));
    }

    /// <summary>Options that exist beside the call are MLC2001's subject, or meant for another branch.</summary>
    private static bool HasOptionsLocal(IOperation call) =>
        call.Root().DescendantsAndSelf().Any(operation => operation is IVariableDeclaratorOperation { Symbol.Type.Name: "OrtCUDAProviderOptions" or "OrtROCMProviderOptions" });

    private static bool IsFilledWithoutLimit(IOperation options)
    {
        if (options is IObjectCreationOperation)
            return true;

        if (options is not ILocalReferenceOperation local || LocalValue.Of(local)?.Unwrap() is not IObjectCreationOperation)
            return false;

        foreach (IOperation operation in options.Root().DescendantsAndSelf())
        {
            if (operation is not ILocalReferenceOperation use || !SymbolEqualityComparer.Default.Equals(use.Local, local.Local))
                continue;

            switch (use.Parent)
            {
                case IInvocationOperation { TargetMethod.Name: "UpdateOptions", Arguments.Length: 1 } update when update.Instance == use:
                    if (ProviderDictionary.Read(update.Arguments[0].Value) is not { } entries || entries.Any(entry => entry.Key == "gpu_mem_limit"))
                        return false;

                    break;
                case IArgumentOperation { Parent: IInvocationOperation apply } when apply.TargetMethod.ContainingType.Name == "SessionOptions":
                case IInvocationOperation or IUsingOperation or IConversionOperation { Parent: IUsingOperation } or ISimpleAssignmentOperation:
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool ConfiguresArena(SyntaxNode call) =>
        call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            ? type.DescendantTokens().Any(IsArenaConfiguration)
            : call.SyntaxTree.GetRoot().DescendantTokens().Any(IsArenaConfiguration);

    private static bool IsArenaConfiguration(SyntaxToken token) =>
        (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "OrtArenaCfg" or "CreateAndRegisterAllocator")
        || (token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText is "memory.enable_memory_arena_shrinkage" or "session.use_env_allocators");
}
