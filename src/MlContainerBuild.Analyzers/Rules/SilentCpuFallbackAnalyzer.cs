using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.OnnxRuntime;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2005. A GPU provider is appended inside a <c>try</c> whose <c>catch</c> keeps it to itself, so that the service runs on the
/// CPU and nobody learns it; or ML.NET is told to do the same.
///
/// A catch block is silent when everything in it is known to be: nothing at all, logging below Information or to the debugger,
/// choosing the CPU or new session options, returning a session or nothing. Whatever else it does (rethrow, another provider,
/// any other call, an assignment, a returned status) may tell somebody, and ends the search.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SilentCpuFallbackAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.SilentCpuFallback);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With(SessionOptionsUse.AppendWords, start.Compilation) is { } appends && start.Compilation.GetTypeByMetadataName("Microsoft.ML.OnnxRuntime.SessionOptions") is { } sessionOptions)
                appends.RegisterOperationAction(start, operation => AnalyzeTry(operation, sessionOptions), OperationKind.Try);

            if (WrittenFiles.With(["ApplyOnnxModel"], start.Compilation) is { } applications && start.Compilation.GetTypeByMetadataName("Microsoft.ML.OnnxCatalog") is { } catalog)
                applications.RegisterOperationAction(start, operation => AnalyzeApplyOnnxModel(operation, catalog), OperationKind.Invocation);

            if (WrittenFiles.With(["FallbackToCpu"], start.Compilation) is { } settings && start.Compilation.GetTypeByMetadataName("Microsoft.ML.MLContext") is { } context)
                settings.RegisterOperationAction(start, operation => AnalyzeFallbackSetting(operation, context), OperationKind.SimpleAssignment);
        });
    }

    private static void AnalyzeTry(OperationAnalysisContext context, INamedTypeSymbol sessionOptions)
    {
        var attempt = (ITryOperation)context.Operation;
        if (attempt.Catches.Length == 0 || FindAppend(attempt.Body, sessionOptions) is not { } append || SessionOptionsUse.IsProbe(append))
            return;

        foreach (ICatchClauseOperation handler in attempt.Catches)
        {
            if (handler.Filter is null && CatchesMissingProvider(handler.ExceptionType) && handler.Syntax is CatchClauseSyntax clause && IsSilent(handler.Handler, sessionOptions))
            {
                Report(context, Descriptors.SilentCpuFallback.At(
                    clause.CatchKeyword.GetLocation(), Descriptors.SilentCpuFallback.DefaultSeverity, null, append.TargetMethod.Name));
            }
        }
    }

    /// <summary>What a missing provider or driver throws, or one of its base types; an empty catch has <c>object</c>.</summary>
    private static bool CatchesMissingProvider(ITypeSymbol exception) =>
        exception.SpecialType == SpecialType.System_Object
        || exception.Name is "Exception" or "SystemException" or "OnnxRuntimeException" or "TypeLoadException" or "EntryPointNotFoundException"
            or "DllNotFoundException" or "TypeInitializationException" or "NotSupportedException";

    /// <summary>The first GPU provider appended in this very block, not in a lambda, nor in a try of its own.</summary>
    private static IInvocationOperation? FindAppend(IOperation block, INamedTypeSymbol sessionOptions) =>
        block.Descendants().OfType<IInvocationOperation>().FirstOrDefault(call => IsGpuProvider(call, sessionOptions) && !IsElsewhere(call, block));

    private static bool IsElsewhere(IOperation call, IOperation block)
    {
        for (IOperation? outer = call.Parent; outer is not null && outer != block; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation or ITryOperation)
                return true;
        }

        return false;
    }

    private static bool IsGpuProvider(IInvocationOperation call, INamedTypeSymbol sessionOptions) =>
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, sessionOptions)
        && call.TargetMethod.Name is "AppendExecutionProvider_CUDA" or "AppendExecutionProvider_Tensorrt" or "AppendExecutionProvider_DML"
            or "AppendExecutionProvider_ROCm" or "AppendExecutionProvider_ROCM" or "AppendExecutionProvider_MIGraphX"
            or "MakeSessionOptionWithCudaProvider" or "MakeSessionOptionWithTensorrtProvider" or "MakeSessionOptionWithRocmProvider";

    private static bool IsSilent(IOperation operation, INamedTypeSymbol sessionOptions) => operation switch
    {
        IBlockOperation or IExpressionStatementOperation or IConditionalOperation or IConditionalAccessOperation or IVariableDeclarationGroupOperation
            or IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation =>
            operation.ChildOperations.All(child => IsSilent(child, sessionOptions)),
        IInvocationOperation call => IsQuietLogging(call)
            || (IsAboutSession(call.TargetMethod.ContainingType, sessionOptions) && !IsGpuProvider(call, sessionOptions)),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } => IsAboutSession(property.Property.ContainingType, sessionOptions),
        ISimpleAssignmentOperation assignment => IsAboutSession(assignment.Target.Type, sessionOptions) && !HasGpuProvider(assignment.Value, sessionOptions),
        IReturnOperation { ReturnedValue: { } value } => IsAboutSession(value.Unwrap().Type, sessionOptions) && !HasGpuProvider(value, sessionOptions),
        IReturnOperation or IEmptyOperation or IBranchOperation => true,
        ILiteralOperation or ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
            or IBinaryOperation or IIsPatternOperation or IUnaryOperation => true,
        IObjectCreationOperation creation => IsAboutSession(creation.Type, sessionOptions),
        _ => false,
    };

    private static bool HasGpuProvider(IOperation value, INamedTypeSymbol sessionOptions) =>
        value.DescendantsAndSelf().Any(operation => operation is IInvocationOperation call && IsGpuProvider(call, sessionOptions));

    /// <summary>The session, its options, or the like: the thing that now runs on the CPU, and no report of it.</summary>
    private static bool IsAboutSession(ITypeSymbol? type, INamedTypeSymbol sessionOptions) =>
        type is { Name: "SessionOptions" or "InferenceSession" } && SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, sessionOptions.ContainingNamespace);

    private static bool IsQuietLogging(IInvocationOperation call) =>
        call.TargetMethod.Name is "LogDebug" or "LogTrace" or "Verbose"
        || call.TargetMethod is { Name: "Write" or "WriteLine" or "Print", ContainingType.Name: "Debug", ContainingNamespace.Name: "Diagnostics" };

    private static void AnalyzeApplyOnnxModel(OperationAnalysisContext context, INamedTypeSymbol catalog)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "ApplyOnnxModel" || !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, catalog))
            return;

        IArgumentOperation? device = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "gpuDeviceId");
        IArgumentOperation? fallback = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "fallbackToCpu");

        // Without a device of its own the call takes device and fallback from the MLContext.
        if (device is { ArgumentKind: ArgumentKind.Explicit } && device.Value.Unwrap().ConstantValue is not { HasValue: true, Value: null }
            && fallback?.Value.ConstantValue is { HasValue: true, Value: true })
        {
            Report(context, Descriptors.SilentCpuFallback.At(fallback, "ApplyOnnxModel"));
        }
    }

    private static void AnalyzeFallbackSetting(OperationAnalysisContext context, INamedTypeSymbol mlContext)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IMemberReferenceOperation { Member: { Name: "FallbackToCpu" } member }
            && assignment.Value.ConstantValue is { HasValue: true, Value: true }
            && (SymbolEqualityComparer.Default.Equals(member.ContainingType, mlContext)
                || (member.ContainingType.Name == "OnnxOptions" && member.ContainingNamespace.Is("Microsoft", "ML", "Transforms", "Onnx"))))
        {
            Report(context, Descriptors.SilentCpuFallback.At(assignment, member.ContainingType.Name));
        }
    }

    /// <summary>A test that runs on whatever there is keeps nothing from anybody.</summary>
    private static void Report(OperationAnalysisContext context, Diagnostic fallback)
    {
        if (!ProjectKind.IsTest(context.Compilation))
            context.ReportDiagnostic(fallback);
    }
}
