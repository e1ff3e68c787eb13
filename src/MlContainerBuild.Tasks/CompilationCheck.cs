using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Compilations;
using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Tasks;

/// <summary>The C# of each assembly that goes into the image of each platform.</summary>
internal static class CompilationCheck
{
    /// <param name="examined">Gets a phrase on what was looked at.</param>
    public static IEnumerable<Finding> Run(PublishFacts publish, string projectPath, List<string> examined, CancellationToken cancellation)
    {
        var found = new List<Finding>();
        int attested = 0;
        int compiled = 0;
        foreach (PlatformFacts platform in publish.Platforms)
        {
            ITaskItem[] distinct = [.. platform.Compilations.DistinctBy(item => $"{item.GetMetadata("Project")}\n{item.GetMetadata("Assembly")}", StringComparer.Ordinal)];
            CompilationEvidence evidence = CompilationEvidence.Attest(
                [.. distinct.Select(item => ReadAssembly(item, platform))],
                [.. distinct.Select(item => item.GetMetadata("Evidence")).Where(path => path.Length > 0)],
                projectPath,
                cancellation);
            found.AddRange(evidence.Findings.Select(finding => finding with { RuntimeIdentifier = platform.RuntimeIdentifier }));
            attested += evidence.AttestedAssemblies.Length;
            compiled += distinct.Length;
        }

        examined.Add($"C# of {attested} of {compiled} assemblies");
        return publish.IsMultiPlatform
            ? PlatformFindings.Merge(found, publish.Platforms.Length)
            : found.Select(finding => finding with { RuntimeIdentifier = null });
    }

    private static ImageAssembly ReadAssembly(ITaskItem compilation, PlatformFacts platform)
    {
        string intermediate = compilation.GetMetadata("Assembly");
        string published = Path.Combine(platform.PublishDirectory, Path.GetFileName(intermediate));

        // A trimmed file is another one, and in a single-file or native image there is none: the input of that step stands for it.
        bool isTrimmed = platform.Facts.IsTrue("PublishTrimmed");
        return new ImageAssembly(
            !isTrimmed && File.Exists(published) ? published : intermediate,
            compilation.GetMetadata("Project"),
            compilation.GetMetadata("IsAnalyzed") == "true");
    }
}
