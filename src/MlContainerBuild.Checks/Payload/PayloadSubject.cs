using System.Collections.Immutable;
using System.IO.Enumeration;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Payload;

/// <summary>What goes into the application layer of one platform's image.</summary>
/// <param name="PublishDirectory">Absolute; every file in it becomes one of the image.</param>
public sealed record PayloadSubject(string PublishDirectory)
{
    /// <summary>Where the build takes each file from, by its path below the publish folder with <c>/</c>.</summary>
    public ImmutableDictionary<string, FileOrigin> Origins { get; init; } = ImmutableDictionary<string, FileOrigin>.Empty;

    /// <summary>Absolute paths of the assemblies that the projects of the publish have compiled, as they are in the image or as they went into it.</summary>
    public ImmutableArray<string> OwnAssemblies { get; init; } = [];

    /// <summary>Where rules on C# have reported a secret: the assemblies' copy of it is not told again.</summary>
    public ImmutableArray<SourceSpan> ReportedSources { get; init; } = [];

    /// <summary>What silences a finding of a rule about a file: rule id and absolute path to anything that tells one exception from another.</summary>
    public Func<string, string, object?> ExceptionOf { get; init; } = static (_, _) => null;

    /// <summary>Every file, in the order of the paths; nothing where the folder is not there.</summary>
    internal IReadOnlyList<PublishedFile> Files()
    {
        if (!Directory.Exists(PublishDirectory))
            return [];

        return
        [
            .. Walk(PublishDirectory)
                .Select(file =>
                {
                    string relative = Path.GetRelativePath(PublishDirectory, file.Path).Replace(Path.DirectorySeparatorChar, '/');
                    return new PublishedFile(relative, file.Path, file.Size, Origins.GetValueOrDefault(relative));
                })
                .OrderBy(file => file.RelativePath, StringComparer.Ordinal),
        ];
    }

    /// <summary>Every file below a folder and its size. Links to folders are not followed: one may point at its parent.</summary>
    internal static IEnumerable<WalkedFile> Walk(string directory) =>
        new FileSystemEnumerable<WalkedFile>(
            directory,
            (ref entry) => new WalkedFile(entry.ToFullPath(), SizeOf(ref entry)),
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    // The SDK packs the file behind a link.
    private static long SizeOf(ref FileSystemEntry entry)
    {
        if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            return entry.Length;

        try
        {
            return new FileInfo(entry.ToFullPath()).ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}

/// <summary>A file as the walk through a folder meets it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Size">Bytes.</param>
internal sealed record WalkedFile(string Path, long Size);
