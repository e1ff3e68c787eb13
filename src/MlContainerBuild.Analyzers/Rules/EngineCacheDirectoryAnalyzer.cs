using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.OnnxRuntime;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2201. A serialised TensorRT engine is native code to whoever loads it, and the checks on loading do not detect
/// tampering (NVIDIA, TensorRT documentation, security); a timing cache steers what is built, an EP-context file contains an
/// engine. So the directory they are kept in must not be one where somebody else can write: not the working directory
/// (relative path), not the temporary one.
///
/// Silent where the same options switch the cache off, and for a relative engine path where they dump an EP-context model:
/// then ONNX Runtime takes it as relative to that model, and asks for it ("for security purpose").
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EngineCacheDirectoryAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The keys, as far as they are words: <c>ep.context_file_path</c> is two.</summary>
    private static readonly string[] Keys =
        ["trt_engine_cache_path", "trt_timing_cache_path", "trt_ep_context_file_path", "context_file_path", "nv_runtime_cache_path"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.EngineCacheDirectory);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With([.. OptionEntry.Words, .. Keys], start.Compilation) is { } options && OptionEntry.CanOccurIn(start.Compilation))
                options.RegisterOperationAction(start, AnalyzeEntry, OptionEntry.Kinds);

            if (WrittenFiles.With(["SetEnvironmentVariable"], start.Compilation) is { } variables && OptionEntry.CanOccurIn(start.Compilation))
                variables.RegisterOperationAction(start, AnalyzeVariable, OperationKind.Invocation);
        });
    }

    private static void AnalyzeEntry(OperationAnalysisContext context)
    {
        if (OptionEntry.Read(context.Operation) is not { } entry || SwitchOf(entry.Key) is not { } cacheSwitch)
            return;

        if (PathOrigins.Choices(entry.Value).FirstOrDefault(choice => PathOrigins.Of(choice).IsUnsafe()) is not { } path)
            return;

        PathOrigin origin = PathOrigins.Of(path);
        bool isBesideContextModel = entry.Key == "trt_engine_cache_path" && (origin is PathOrigin.BareName or PathOrigin.Relative);
        foreach (OptionEntry other in entry.Siblings())
        {
            if ((other.Key == cacheSwitch && IsOff(other.Value))
                || (other.Key == "trt_dump_ep_context_model" && isBesideContextModel && !IsOff(other.Value)))
            {
                return;
            }
        }

        Report(context, path, entry.Key);
    }

    /// <summary>The option that turns on what a path option is for; null for a key that is no path of ours.</summary>
    private static string? SwitchOf(string key) => key switch
    {
        "trt_engine_cache_path" => "trt_engine_cache_enable",
        "trt_timing_cache_path" => "trt_timing_cache_enable",
        "trt_ep_context_file_path" => "trt_dump_ep_context_model",
        "ep.context_file_path" => "ep.context_enable",
        "nv_runtime_cache_path" => "",
        _ => null,
    };

    private static bool IsOff(IOperation value) =>
        KnownText.ConstantOf(value) is { } text && (text == "0" || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase));

    private static void AnalyzeVariable(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "SetEnvironmentVariable" && call.Arguments.Length >= 2
            && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string and ("ORT_TENSORRT_CACHE_PATH" or "ORT_TENSORRT_ENGINE_CACHE_PATH") and var name }
            && PathOrigins.Choices(call.Arguments[1].Value).FirstOrDefault(choice => PathOrigins.Of(choice).IsUnsafe()) is { } path)
        {
            Report(context, path, (string)name);
        }
    }

    private static void Report(OperationAnalysisContext context, IOperation value, string key) =>
        context.ReportDiagnostic(Descriptors.EngineCacheDirectory.At(value, key, PathOrigins.Of(value).Describe()));
}
