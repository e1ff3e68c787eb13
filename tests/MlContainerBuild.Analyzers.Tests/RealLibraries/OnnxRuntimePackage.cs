using System.IO.Compression;
using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Tests.Documentation;

namespace MlContainerBuild.Analyzers.Tests.RealLibraries;

/// <summary>The managed assembly of the real ONNX Runtime, from the package that the samples restore (build/lab/feed.sh).</summary>
internal static class OnnxRuntimePackage
{
    private const string Assembly = "Microsoft.ML.OnnxRuntime.dll";

    /// <summary>Null where the lab has not been prepared.</summary>
    public static MetadataReference? Reference { get; } = Find();

    private static PortableExecutableReference? Find()
    {
        string artifacts = Repository.PathOf("artifacts");
        string? package = Files(Path.Combine(artifacts, "feed"), "Microsoft.ML.OnnxRuntime.*.nupkg").FirstOrDefault();
        if (package is null)
            return Files(Path.Combine(artifacts, "nuget"), Assembly).Select(file => MetadataReference.CreateFromFile(file)).FirstOrDefault();

        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream assembly = archive.Entries.First(entry => entry.Name == Assembly).Open();
        using var image = new MemoryStream();
        assembly.CopyTo(image);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static IEnumerable<string> Files(string directory, string pattern) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
}

/// <summary>A fact about the real ONNX Runtime; skipped, and said so, where the lab has not been prepared.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() =>
        Skip = OnnxRuntimePackage.Reference is null ? "artifacts/feed has no ONNX Runtime package: run build/lab/feed.sh" : null;
}
