using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.OnnxRuntime;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2202. A native library is loaded from where somebody else can put one: by a bare name, which the loader searches for,
/// relative to the working directory, or from the temporary directory. ONNX Runtime looks up a bare name beside its own
/// library in <c>RegisterExecutionProviderLibrary</c>, and only there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NativeLibraryPathAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Methods =
        ["RegisterCustomOpLibrary*", "RegisterExecutionProviderLibrary", "WithLibrary", "WithSearchDirectory", "WithSearchDirectories", "SetEnvironmentVariable"];

    private static readonly string[] Options = ["trt_engine_decryption_lib_path", "trt_extra_plugin_lib_paths"];

    /// <summary>They make a process, a child of this one for instance, load a library before anything else.</summary>
    private static readonly string[] Variables = ["LD_PRELOAD", "LD_AUDIT", "CUDA_INJECTION64_PATH", "ORT_TENSORRT_EXTRA_PLUGIN_LIB_PATHS"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.NativeLibraryPath);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With([.. OptionEntry.Words, .. Options, .. Variables], start.Compilation) is { } options
                && OptionEntry.CanOccurIn(start.Compilation))
            {
                options.RegisterOperationAction(start, AnalyzeEntry, OptionEntry.Kinds);
            }

            if (WrittenFiles.With(Methods, start.Compilation) is { } calls
                && (OptionEntry.CanOccurIn(start.Compilation) || start.Compilation.GetTypeByMetadataName("LLama.Native.NativeLibraryConfig") is not null))
            {
                calls.RegisterOperationAction(start, AnalyzeCall, OperationKind.Invocation);
            }
        });
    }

    private static void AnalyzeEntry(OperationAnalysisContext context)
    {
        if (OptionEntry.Read(context.Operation) is { } entry && (Options.Contains(entry.Key) || Variables.Contains(entry.Key)))
            ReportUnsafe(context, entry.Value, entry.Key);
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        switch (method.Name)
        {
            case "RegisterCustomOpLibrary" or "RegisterCustomOpLibraryV2" when IsOnnxRuntime(method, "SessionOptions"):
                ReportUnsafe(context, Argument(call, "libraryPath"), method.Name);
                break;
            case "RegisterExecutionProviderLibrary" when IsOnnxRuntime(method, "OrtEnv"):
                if (Argument(call, "libraryPath") is { } provider && PathOrigins.Of(provider) != PathOrigin.BareName)
                    ReportUnsafe(context, provider, method.Name);

                break;
            case "WithLibrary" or "WithSearchDirectory" or "WithSearchDirectories" when method.ContainingNamespace.Is("LLama", "Native"):
                foreach (IArgumentOperation argument in call.Arguments)
                {
                    foreach (IOperation path in CollectionElements.Of(argument.Value) ?? [argument.Value])
                        ReportUnsafe(context, path, method.Name);
                }

                break;
            case "SetEnvironmentVariable" when call.Arguments.Length >= 2
                && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string variable } && Variables.Contains(variable):
                ReportUnsafe(context, call.Arguments[1].Value, variable);
                break;
        }
    }

    /// <summary>A list of libraries is as safe as its least safe one.</summary>
    private static void ReportUnsafe(OperationAnalysisContext context, IOperation? path, string sink)
    {
        if (path is null)
            return;

        foreach (IOperation choice in PathOrigins.Choices(path))
        {
            PathOrigin origin = KnownText.ConstantOf(choice) is { } list
                ? list.Split(';').Select(PathOrigins.OfText).FirstOrDefault(PathOrigins.IsUnsafe)
                : PathOrigins.Of(choice);

            if (origin.IsUnsafe())
            {
                context.ReportDiagnostic(Descriptors.NativeLibraryPath.At(choice, sink, origin.Describe()));
                return;
            }
        }
    }

    private static IOperation? Argument(IInvocationOperation call, string parameter) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;

    private static bool IsOnnxRuntime(IMethodSymbol method, string type) =>
        method.ContainingType.Name == type && method.ContainingNamespace.Is("Microsoft", "ML", "OnnxRuntime");
}
