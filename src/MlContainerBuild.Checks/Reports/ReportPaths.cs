namespace MlContainerBuild.Checks.Reports;

/// <summary>How a report names files: relative to the repository where they are in it, so that every machine says the same.</summary>
internal sealed class ReportPaths(PublishReport report)
{
    /// <summary>With <c>/</c>; null outside the repository, or without one.</summary>
    public string? RelativeToRepository(string path)
    {
        if (report.RepositoryRoot is null || !IsAbsolute(path))
            return null;

        string relative = Path.GetRelativePath(report.RepositoryRoot, path).Replace(Path.DirectorySeparatorChar, '/');
        return relative is "." or ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    /// <summary>For people: relative to the repository, else to the project, else the file's name.</summary>
    public string Shown(string path)
    {
        if (!IsAbsolute(path) || !IsAbsolute(report.ProjectPath))
            return path;

        if (RelativeToRepository(path) is { } relative)
            return relative;

        string fromProject = Path.GetRelativePath(Path.GetDirectoryName(report.ProjectPath)!, path).Replace(Path.DirectorySeparatorChar, '/');
        return fromProject.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(fromProject) ? Path.GetFileName(path) : fromProject;
    }

    // A compiler's log may name anything: nothing at all, or what is no path.
    private static bool IsAbsolute(string path) => Path.IsPathFullyQualified(path) && !path.Contains('\0', StringComparison.Ordinal);

    /// <summary>A <c>file:</c> URI of an absolute path; the colon of a Windows drive stays.</summary>
    public static string ToUri(string path)
    {
        string normal = path.Replace(Path.DirectorySeparatorChar, '/').TrimEnd('/');
        return normal.StartsWith('/') ? "file://" + Escape(normal) : $"file:///{normal[..2]}{Escape(normal[2..])}";
    }

    /// <summary>A path with <c>/</c> as the path of a URI.</summary>
    public static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
