namespace MlContainerBuild.Analyzers.Tests.Documentation;

/// <summary>Files of the repository that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    public static string PathOf(params string[] path) => Path.Combine([Root, .. path]);

    public static IEnumerable<string> RulePages() => Directory.GetFiles(Path.Combine(Root, "docs", "rules"), "MLC*.md");

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MlContainerBuild.sln")))
            directory = directory.Parent;

        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
