using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MlContainerBuild.Analyzers.OnnxRuntime;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2003. In ONNX Runtime <c>gpu_mem_limit</c> = 0 means the default, and the default is SIZE_MAX (allocator_utils.cc); a
/// negative number wraps to about that. No device has a pebibyte, so that a limit from there on limits nothing either.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UselessMemoryLimitAnalyzer : DiagnosticAnalyzer
{
    private static readonly BigInteger Pebibyte = BigInteger.One << 50;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.UselessMemoryLimit);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With([.. OptionEntry.Words, "gpu_mem_limit"], start.Compilation) is { } options && OptionEntry.CanOccurIn(start.Compilation))
                options.RegisterOperationAction(start, Analyze, OptionEntry.Kinds);
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (OptionEntry.Read(context.Operation) is { Key: "gpu_mem_limit" } entry
            && KnownText.ConstantOf(entry.Value) is { } text
            && BigInteger.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out BigInteger limit)
            && (limit <= 0 || limit >= Pebibyte))
        {
            context.ReportDiagnostic(Descriptors.UselessMemoryLimit.At(entry.Value, text));
        }
    }
}
