using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2204. A model is downloaded and nothing says that it is the right one. Over http it is a warning: whoever is on the way
/// chooses the model. Over https it is Info, and only where neither the address names a commit nor the type compares a digest.
/// Archives and .bin files count as models only when a model host serves them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnverifiedModelDownloadAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] ModelExtensions =
        [".onnx", ".ort", ".gguf", ".ggml", ".safetensors", ".pt", ".pth", ".pt2", ".ckpt", ".tflite", ".engine", ".plan", ".onnx_data", ".mlmodel"];

    private static readonly string[] ArchiveExtensions = [".zip", ".tar", ".gz", ".tgz", ".bin", ".pb", ".h5", ".7z"];

    private static readonly string[] ModelHosts =
        ["huggingface.co", "hf.co", "hf-mirror.com", "modelscope.cn", "civitai.com", "download.pytorch.org", "tfhub.dev", "download.tensorflow.org", "api.ngc.nvidia.com"];

    private static readonly string[] Methods =
        ["GetAsync", "GetStreamAsync", "GetByteArrayAsync", "HttpRequestMessage", "Download*", "Downloads*", "Downloaded*", "Downloader*", "Downloading*"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.UnverifiedModelDownload);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start => WrittenFiles.With(Methods, start.Compilation)?.RegisterOperationAction(start, Analyze, OperationKind.Invocation, OperationKind.ObjectCreation));
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        foreach (IArgumentOperation argument in ArgumentsOf(context.Operation))
        {
            if (argument.Parameter?.Type is not { } type || (type.SpecialType != SpecialType.System_String && type.Name != "Uri"))
                continue;

            if (Judge(KnownText.Of(argument.Value).Text) is not var (severity, how))
                continue;

            if (!IntegrityCheck.IsNear(context.Operation))
                context.ReportDiagnostic(Descriptors.UnverifiedModelDownload.At(argument.Value, severity, how));

            return;
        }
    }

    /// <summary>Of a call that downloads, or of a request that is going to; else none.</summary>
    private static ImmutableArray<IArgumentOperation> ArgumentsOf(IOperation operation) => operation switch
    {
        IInvocationOperation call when IsDownload(call.TargetMethod) => call.Arguments,
        IObjectCreationOperation { Type: { Name: "HttpRequestMessage" } type, Arguments: [{ Value: IPropertyReferenceOperation { Property.Name: "Get" } }, _] } request
            when type.ContainingNamespace.Is("System", "Net", "Http") => request.Arguments,
        _ => ImmutableArray<IArgumentOperation>.Empty,
    };

    private static bool IsDownload(IMethodSymbol method) => method.Name switch
    {
        "GetAsync" or "GetStreamAsync" or "GetByteArrayAsync" => method.ContainingType.Name == "HttpClient",
        _ => method.Name.StartsWith("Download", StringComparison.Ordinal),
    };

    /// <summary>How much a download from this address weighs; null for what is no model, or is pinned.</summary>
    private static (DiagnosticSeverity Severity, string How)? Judge(string address)
    {
        bool isPlain = address.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!isPlain && !address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return null;

        string rest = address.Substring(isPlain ? "http://".Length : "https://".Length);
        int hostEnd = rest.IndexOfAny(['/', ':']);
        if (hostEnd <= 0)
            return null;

        string host = rest.Substring(0, hostEnd);
        string path = rest.Substring(rest.IndexOf('/') + 1);
        int pathEnd = path.IndexOfAny(['?', '#']);
        path = pathEnd < 0 ? path : path.Substring(0, pathEnd);
        if (host.IndexOf(KnownText.Hole) >= 0 || !IsModel(host, path) || host is "localhost" or "[" || host.StartsWith("127.", StringComparison.Ordinal))
            return null;

        if (isPlain)
            return (IsInternal(host) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, "over plain http");

        return NamesCommit(path) ? null : (DiagnosticSeverity.Info, "without a digest or a pinned revision");
    }

    private static bool IsModel(string host, string path) =>
        EndsWithAny(path, ModelExtensions)
        || (EndsWithAny(path, ArchiveExtensions) && ModelHosts.Any(known => host == known || host.EndsWith("." + known, StringComparison.OrdinalIgnoreCase)));

    private static bool EndsWithAny(string path, string[] extensions) =>
        extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>A name without a dot, or a private address: inside a cluster or a network of one's own.</summary>
    private static bool IsInternal(string host) =>
        host.IndexOf('.') < 0
        || host.StartsWith("10.", StringComparison.Ordinal) || host.StartsWith("192.168.", StringComparison.Ordinal)
        || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);

    /// <summary>A path segment, or what follows an <c>@</c>, of 40 hexadecimal digits; an unknown segment may be one.</summary>
    private static bool NamesCommit(string path)
    {
        string[] segments = path.Split('/', '@');
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i].Length == 40 && segments[i].All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f'))
                return true;

            if (i > 0 && segments[i - 1] == "resolve" && segments[i].IndexOf(KnownText.Hole) >= 0)
                return true;
        }

        return false;
    }
}
