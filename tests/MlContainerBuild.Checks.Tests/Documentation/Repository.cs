namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>Files of the repository that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path])).ReplaceLineEndings("\n");

    /// <summary>The ids of the pages under docs/rules, in order.</summary>
    public static IEnumerable<string> RulePages() => Directory.GetFiles(Path.Combine(Root, "docs", "rules"), "MLC*.md")
        .Select(page => Path.GetFileNameWithoutExtension(page))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MlContainerBuild.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
