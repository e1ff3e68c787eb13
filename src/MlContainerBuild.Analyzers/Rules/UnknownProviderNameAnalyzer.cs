using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2002. <c>SessionOptions.AppendExecutionProvider(string, …)</c> does not know the providers that have a method of their
/// own: for CUDA, TensorRT and ROCm it throws in every version ("Unknown provider name", older: NotSupportedException). Only
/// these names are reported: a list of what is accepted would be outdated with the next release.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnknownProviderNameAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Property of the diagnostic: CUDA, Tensorrt or ROCm, as in the name of the method to call instead.</summary>
    internal const string Provider = "provider";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.UnknownProviderName);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With(["AppendExecutionProvider"], start.Compilation) is { } appends && start.Compilation.GetTypeByMetadataName("Microsoft.ML.OnnxRuntime.SessionOptions") is { } sessionOptions)
                appends.RegisterOperationAction(start, operation => Analyze(operation, sessionOptions), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol sessionOptions)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is not { Name: "AppendExecutionProvider", Parameters.Length: > 0 } method
            || method.Parameters[0].Type.SpecialType != SpecialType.System_String
            || !SymbolEqualityComparer.Default.Equals(method.ContainingType, sessionOptions))
        {
            return;
        }

        IOperation name = call.Arguments.First(argument => argument.Parameter?.Ordinal == 0).Value;
        if (KnownText.ConstantOf(name) is { } text && ProviderOf(text) is { } provider)
        {
            context.ReportDiagnostic(Descriptors.UnknownProviderName.At(
                name.Syntax.GetLocation(), Descriptors.UnknownProviderName.DefaultSeverity, (Provider, provider), text, provider));
        }
    }

    /// <summary>The comparison in ONNX Runtime is exact: another spelling of a rejected name is rejected too.</summary>
    private static string? ProviderOf(string name)
    {
        const string suffix = "ExecutionProvider";
        if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            name = name.Substring(0, name.Length - suffix.Length);

        return name.ToUpperInvariant() switch
        {
            "CUDA" => "CUDA",
            "TENSORRT" => "Tensorrt",
            "ROCM" => "ROCm",
            _ => null,
        };
    }
}
