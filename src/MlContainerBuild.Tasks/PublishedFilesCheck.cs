using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Tasks;

/// <summary>The files that each platform's image is going to hold.</summary>
internal static class PublishedFilesCheck
{
    /// <param name="judge">Knows which files an exception covers.</param>
    /// <param name="compiled">What the rules on C# have found.</param>
    /// <param name="examined">Gets a phrase on what was looked at.</param>
    /// <param name="paths">Gets the path of each file that was looked at.</param>
    public static IEnumerable<Finding> Run(
        PublishFacts publish, FindingJudge judge, ImmutableArray<Finding> compiled, List<string> examined, HashSet<string> paths, CancellationToken cancellation)
    {
        var found = new List<Finding>();
        ImmutableArray<SourceSpan> reported = SecretsIn(compiled);
        int files = 0;
        foreach (PlatformFacts platform in publish.Platforms)
        {
            PayloadCheck check = PayloadCheck.Run(Subject(platform) with { ReportedSources = reported, ExceptionOf = judge.ExceptionFor }, cancellation);
            found.AddRange(check.Findings.Select(finding => finding with { RuntimeIdentifier = platform.RuntimeIdentifier }));
            files += check.FileCount;
            paths.UnionWith(check.Paths);
        }

        examined.Add($"{files} published files");
        return publish.IsMultiPlatform
            ? PlatformFindings.Merge(found, publish.Platforms.Length)
            : found.Select(finding => finding with { RuntimeIdentifier = null });
    }

    /// <summary>
    /// Without the strings of assemblies that a rule on C# has reported where they are written: one line is told once, and what its
    /// author has suppressed there is not told again. This is by the line alone, for what is put together of several literals; the text of
    /// a single literal is recognized wherever it is used (<see cref="PayloadSubject.ReportedSources"/>).
    /// </summary>
    public static ImmutableArray<Finding> WithoutRepeated(ImmutableArray<Finding> findings)
    {
        ImmutableArray<SourceSpan> told = SecretsIn(findings);
        return told.Length == 0 ? findings : findings.RemoveAll(finding => finding.Rule.Id == "MLC3022" && finding.Span is { } span && told.Any(known => IsWithin(known, span)));

        static bool IsWithin(SourceSpan known, SourceSpan statement) =>
            known.Path == statement.Path && known.Line >= statement.Line && known.Line <= Math.Max(statement.Line, statement.EndLine);
    }

    // Every rule of MLC1xxx is one on credentials in the source.
    private static ImmutableArray<SourceSpan> SecretsIn(ImmutableArray<Finding> findings) =>
        [.. findings.Where(finding => finding.Rule.Id.StartsWith("MLC1", StringComparison.Ordinal)).Select(finding => finding.Span).OfType<SourceSpan>()];

    /// <summary>What goes into the application layer of a platform's image.</summary>
    public static PayloadSubject Subject(PlatformFacts platform)
    {
        return new PayloadSubject(platform.PublishDirectory)
        {
            Origins = Origins(platform.Facts.PublishedFiles),
            OwnAssemblies = [.. platform.Compilations.Select(compilation => Assembly(compilation, platform)).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <param name="items"><c>ResolvedFileToPublish</c>.</param>
    public static ImmutableDictionary<string, FileOrigin> Origins(IEnumerable<ITaskItem> items)
    {
        ImmutableDictionary<string, FileOrigin>.Builder origins = ImmutableDictionary.CreateBuilder<string, FileOrigin>(StringComparer.Ordinal);
        foreach (ITaskItem item in items)
        {
            string package = item.GetMetadata("NuGetPackageId");
            origins[item.GetMetadata("RelativePath").Replace('\\', '/')] = new FileOrigin(item.GetMetadata("FullPath"), package.Length == 0 ? null : package);
        }

        return origins.ToImmutable();
    }

    // In a single-file or native image there is no assembly: what went into it stands for it.
    private static string Assembly(ITaskItem compilation, PlatformFacts platform)
    {
        string intermediate = compilation.GetMetadata("Assembly");
        string published = Path.Combine(platform.PublishDirectory, Path.GetFileName(intermediate));
        return File.Exists(published) ? published : intermediate;
    }
}
