using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2203. TorchScript is a program ("treated the same way as locally executable code", PyTorch's SECURITY.md), an exported
/// .pt2 contains native code. Reported when what is loaded was received in the same member, lies in the temporary directory,
/// or is a byte array that was not read from a file or an embedded resource. A plain path is not reported; nor is a type
/// that compares a digest, a test, or TorchSharp where one overload calls another.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UntrustedTorchScriptAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.UntrustedTorchScript);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With(["load", "compile"], start.Compilation) is not { } loads)
                return;

            INamedTypeSymbol? jit = start.Compilation.GetTypeByMetadataName("TorchSharp.torch+jit");
            INamedTypeSymbol? export = start.Compilation.GetTypeByMetadataName("TorchSharp.torch+export");
            if (jit is not null || export is not null)
                loads.RegisterOperationAction(start, operation => Analyze(operation, jit, export), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol? jit, INamedTypeSymbol? export)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is not ("load" or "compile") || call.Arguments.Length == 0
            || !(SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, jit) || SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, export))
            || SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, context.ContainingSymbol.ContainingType))
        {
            return;
        }

        IOperation source = call.Arguments.First(argument => argument.Parameter?.Ordinal == 0).Value;
        string? reason = source.Type switch
        {
            IArrayTypeSymbol => ReasonOfBytes(source),
            _ when call.TargetMethod.Name == "compile" => ReceivedContent.Is(source) ? "was received from outside" : null,
            _ => ReasonOfPath(source),
        };

        if (reason is not null && !IntegrityCheck.IsNear(call) && !ProjectKind.IsTest(context.Compilation))
            context.ReportDiagnostic(Descriptors.UntrustedTorchScript.At(source, reason));
    }

    private static string? ReasonOfBytes(IOperation bytes)
    {
        if (ReceivedContent.Is(bytes))
            return "was received from outside";

        IOperation value = bytes.Unwrap() is ILocalReferenceOperation local ? LocalValue.Of(local) ?? bytes : bytes;
        foreach (IOperation operation in value.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod: { Name: "ReadAllBytes" or "ReadAllBytesAsync", ContainingType.Name: "File" } } read)
                return ReasonOfPath(read.Arguments[0].Value);
        }

        bool isResource = bytes.Root().Descendants().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "GetManifestResourceStream" });
        return isResource ? null : "comes as bytes of unknown origin";
    }

    private static string? ReasonOfPath(IOperation path) =>
        ReceivedContent.IsWrittenTo(path) ? "was received from outside"
        : PathOrigins.Of(path) == PathOrigin.Temporary ? "lies in the directory for temporary files"
        : null;
}
