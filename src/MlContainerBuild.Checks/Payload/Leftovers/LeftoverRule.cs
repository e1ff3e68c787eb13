using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Payload.Leftovers;

/// <summary>MLC3024. One finding for each kind, with the number of files and the first names.</summary>
internal static class LeftoverRule
{
    private const int MostNames = 3;

    private static readonly Rule Rule = RuleCatalog.Get("MLC3024");

    /// <param name="exceptionOf">What would silence a finding about a file, by its absolute path: files with and without are told apart.</param>
    public static IEnumerable<Finding> Check(IReadOnlyList<PublishedFile> files, IEnumerable<string> ownAssemblies, Func<string, object?> exceptionOf)
        => Find(files, ownAssemblies)
            .GroupBy(item => new Subject(item.Kind, exceptionOf(PathOf(item.File))))
            .OrderBy(group => (int)group.Key.Kind)
            .Select(group => Describe(group.Key.Kind, [.. group.Select(item => item.File)]));

    /// <summary>What development has left, in the order of the files.</summary>
    public static IEnumerable<FoundLeftover> Find(IReadOnlyList<PublishedFile> files, IEnumerable<string> ownAssemblies)
    {
        var leftover = new Leftover(files, ownAssemblies);
        foreach (PublishedFile file in files)
        {
            if (KindOf(leftover, file) is { } kind)
                yield return new FoundLeftover(file, kind);
        }
    }

    /// <summary>The path that an exception names.</summary>
    public static string PathOf(PublishedFile file) => file.Origin?.Path ?? file.Path;

    private static LeftoverKind? KindOf(Leftover leftover, PublishedFile file)
    {
        try
        {
            return leftover.KindOf(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Debug information that cannot be read: the search for secrets says so.
            return null;
        }
    }

    private static Finding Describe(LeftoverKind kind, List<PublishedFile> files)
    {
        string names = string.Join(", ", files.Take(MostNames).Select(file => MessageText.Quote(file.RelativePath)));
        string list = files.Count > MostNames ? $"{names} and {files.Count - MostNames} more" : names;
        return new Finding(Rule, $"{What(kind, files.Count)} ({list}): {Why(kind, files.Count)}", Fix(kind, files), new ValueSource.File(new SourceSpan(PathOf(files[0]))))
        {
            Severity = kind == LeftoverKind.Commonplace ? Severity.Info : Rule.Severity,
            IsCommonplace = kind == LeftoverKind.Commonplace,
        };
    }

    private static string What(LeftoverKind kind, int count)
    {
        bool isOne = count == 1;
        return kind switch
        {
            LeftoverKind.Repository => $"A source repository is published with {count} {(isOne ? "file" : "files")}",
            LeftoverKind.Notebook => isOne ? "A notebook is published" : $"{count} notebooks are published",
            LeftoverKind.Dataset => isOne ? "A dataset is published" : $"{count} datasets are published",
            LeftoverKind.BuildOutput => $"Build output (obj, bin) is published with {count} {(isOne ? "file" : "files")}",
            LeftoverKind.Report => "The reports of an earlier publish are published",
            LeftoverKind.EmbeddedSource => "Debug information with the source code in it is published",
            LeftoverKind.ForeignPaths => "Debug information of another machine's build is published",
            _ => isOne ? "A file that only development needs is published" : $"{count} files that only development needs are published",
        };
    }

    private static string Why(LeftoverKind kind, int count) => kind switch
    {
        LeftoverKind.Repository => "everything that was ever committed, deleted secrets included, is in the image.",
        LeftoverKind.Notebook => "notebooks keep what their cells have printed, which is often data and sometimes a token.",
        LeftoverKind.Dataset => "who can pull the image gets the data with it, and every pull transfers it.",
        LeftoverKind.BuildOutput => "a pattern of the project takes in another project's folder.",
        LeftoverKind.Report => "they say what was found in the image before.",
        LeftoverKind.EmbeddedSource => "who can pull the image can read the source.",
        LeftoverKind.ForeignPaths => "it names the folders, and often the account, of whoever compiled it.",
        _ => $"nothing in the container reads {Them(count)}.",
    };

    private static string Fix(LeftoverKind kind, List<PublishedFile> files) => kind switch
    {
        LeftoverKind.Repository => "Exclude it where a pattern takes it in (Exclude=\".git/**\"), or set MlContainerTrimPayload=true.",
        LeftoverKind.Dataset => $"Keep {Them(files.Count)} out of the publish, {Exclusions(files)}, or mount {Them(files.Count)}; MlContainerTrimPayload=true leaves all development leftovers out of the image. What the service reads at run time is an exception of the policy.",
        LeftoverKind.BuildOutput => "Exclude the other project's folder (<DefaultItemExcludes>$(DefaultItemExcludes);Other/**</DefaultItemExcludes>), or set MlContainerTrimPayload=true.",
        LeftoverKind.EmbeddedSource => "Set <EmbedAllSources>false</EmbedAllSources> and <EmbedUntrackedSources>false</EmbedUntrackedSources>, or MlContainerTrimPayload=true.",

        // It comes along with a reference, and only where that one comes from can it be left behind.
        LeftoverKind.ForeignPaths => "Set MlContainerTrimPayload=true, which leaves all development leftovers out of the image.",
        _ => $"Keep {Them(files.Count)} out of the publish, {Exclusions(files)}, or set MlContainerTrimPayload=true, which leaves all development leftovers out of the image.",
    };

    // One property speaks for all debug information.
    private static string Exclusions(List<PublishedFile> files) => string.Join(" and ", files.Select(PublishExclusion.Of).Distinct(StringComparer.Ordinal).Take(MostNames));

    private static string Them(int count) => count == 1 ? "it" : "them";

    private sealed record Subject(LeftoverKind Kind, object? Exception);
}

/// <summary>A published file that development has left.</summary>
internal sealed record FoundLeftover(PublishedFile File, LeftoverKind Kind);
