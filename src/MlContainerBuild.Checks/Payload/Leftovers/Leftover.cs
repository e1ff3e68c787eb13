using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Payload.Leftovers;

/// <summary>
/// Tells what development has left from what the service needs. Names decide, except for debug information: which of it says more than
/// line numbers is read from it.
/// </summary>
internal sealed class Leftover
{
    /// <summary>A text table below this size is a list of labels, a vocabulary, or a sample.</summary>
    public const long SmallestDataset = 1024 * 1024;

    private static readonly HashSet<string> ColumnarExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".parquet", ".arrow", ".feather", ".avro", ".orc", ".tfrecord", ".tfrecords",
    };

    private static readonly HashSet<string> TableExtensions = new(StringComparer.OrdinalIgnoreCase) { ".csv", ".tsv", ".jsonl", ".ndjson" };

    private static readonly HashSet<string> RepositoryFolders = new(StringComparer.Ordinal) { ".git", ".hg", ".svn" };

    private static readonly HashSet<string> EditorFolders = new(StringComparer.Ordinal) { ".vs", ".vscode", ".idea", ".ipynb_checkpoints", "__pycache__" };

    private static readonly HashSet<string> DevelopmentFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        "appsettings.Development.json", "appsettings.Local.json", "launchSettings.json", ".dockerignore", ".gitignore", ".gitattributes", ".editorconfig",
        ".env.example", ".env.sample", "docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml",
    };

    private static readonly HashSet<string> DevelopmentExtensions = new(StringComparer.OrdinalIgnoreCase) { ".csproj", ".fsproj", ".sln", ".slnx", ".user", ".dockerfile" };

    private readonly HashSet<string> ownSymbols;
    private readonly string[] objFolders;
    private readonly string[] reportFolders;

    /// <param name="ownAssemblies">Absolute paths of what the projects of this publish have compiled.</param>
    public Leftover(IReadOnlyList<PublishedFile> files, IEnumerable<string> ownAssemblies)
    {
        ownSymbols = [.. ownAssemblies.Select(Path.GetFileNameWithoutExtension).OfType<string>()];
        objFolders = [.. files.Select(file => file.RelativePath).Where(path => IsNamed(path, "project.assets.json")).Select(FolderOf).Where(folder => IsNamed(folder.TrimEnd('/'), "obj"))];

        string[] reports = [.. files.Select(file => file.RelativePath).Where(path => IsNamed(path, ReportFolder.Predicate)).Select(FolderOf)];
        reportFolders = [.. reports.Where(folder => files.Any(file => file.RelativePath == folder + ReportFolder.Html))];
    }

    /// <summary>Null for what belongs to the service, as far as anybody can tell.</summary>
    /// <exception cref="IOException">Debug information cannot be read.</exception>
    public LeftoverKind? KindOf(PublishedFile file)
    {
        string path = file.RelativePath;
        string[] folders = path.Split('/')[..^1];
        string name = Path.GetFileName(path), extension = Path.GetExtension(name);
        if (Array.Exists(folders, RepositoryFolders.Contains))
            return LeftoverKind.Repository;

        if (reportFolders.Contains(FolderOf(path)))
            return LeftoverKind.Report;

        if (Array.Exists(objFolders, folder => path.StartsWith(folder, StringComparison.Ordinal)) || IsBelowBin(folders))
            return LeftoverKind.BuildOutput;

        if (Array.Exists(folders, EditorFolders.Contains) || DevelopmentFiles.Contains(name) || DevelopmentExtensions.Contains(extension) || name.StartsWith("Dockerfile", StringComparison.Ordinal))
            return LeftoverKind.Commonplace;

        if (extension.Equals(".ipynb", StringComparison.OrdinalIgnoreCase))
            return LeftoverKind.Notebook;

        if (ColumnarExtensions.Contains(extension) || (TableExtensions.Contains(extension) && file.Size >= SmallestDataset))
            return LeftoverKind.Dataset;

        return extension.Equals(".pdb", StringComparison.OrdinalIgnoreCase) ? KindOfSymbols(file) : null;
    }

    private LeftoverKind KindOfSymbols(PublishedFile file)
    {
        DebugSymbols symbols = DebugSymbols.Read(file.Path);
        bool isOwn = file.Origin?.Package is not null || ownSymbols.Contains(Path.GetFileNameWithoutExtension(file.RelativePath));
        return symbols.HoldsSource ? LeftoverKind.EmbeddedSource
            : symbols.LocalPath is { } local && !isOwn && !File.Exists(local) ? LeftoverKind.ForeignPaths
            : LeftoverKind.Commonplace;
    }

    private static bool IsBelowBin(string[] folders)
    {
        int bin = Array.IndexOf(folders, "bin");
        return bin >= 0 && bin + 1 < folders.Length && folders[bin + 1] is ("Debug" or "Release");
    }

    private static bool IsNamed(string path, string name) => path == name || path.EndsWith("/" + name, StringComparison.Ordinal);

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}
