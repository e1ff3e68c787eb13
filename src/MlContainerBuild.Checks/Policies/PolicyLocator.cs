namespace MlContainerBuild.Checks.Policies;

/// <summary>Finds the policy file that governs a project.</summary>
public static class PolicyLocator
{
    public const string FileName = "mlcontainer.yaml";

    private const string MisspelledFileName = "mlcontainer.yml";

    /// <summary>
    /// The nearest <see cref="FileName"/> from the project's directory up to the repository root. Without a repository
    /// only the project's own directory counts: what lies above it belongs to somebody else.
    /// </summary>
    /// <param name="projectDirectory">Absolute.</param>
    public static PolicyLocation Find(string projectDirectory)
    {
        string last = FindRepositoryRoot(projectDirectory) ?? projectDirectory;
        for (string? directory = projectDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            string path = Path.Combine(directory, FileName);
            if (File.Exists(path))
                return new PolicyLocation(path, MisspelledPath: null);

            string misspelled = Path.Combine(directory, MisspelledFileName);
            if (File.Exists(misspelled))
                return new PolicyLocation(Path: null, misspelled);

            if (directory == last)
                break;
        }

        return new PolicyLocation(Path: null, MisspelledPath: null);
    }

    /// <summary>The nearest directory upward that holds <c>.git</c>: a directory, or a file in worktrees and submodules.</summary>
    public static string? FindRepositoryRoot(string directory)
    {
        for (string? current = directory; current is not null; current = Path.GetDirectoryName(current))
        {
            if (Path.Exists(Path.Combine(current, ".git")))
                return current;
        }

        return null;
    }
}

/// <summary>Where the policy of a project stands.</summary>
/// <param name="Path">Absolute path of the policy file; null when there is none.</param>
/// <param name="MisspelledPath">A file that its author surely took for the policy and that is not read.</param>
public sealed record PolicyLocation(string? Path, string? MisspelledPath);
