using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Archives;

/// <summary>
/// The one layer that the SDK adds: a compressed tar of the publish directory under the working directory. Compared file by
/// file while it streams by, so that neither a link, a path out of the directory nor a file nobody published can be in it.
/// </summary>
internal sealed class ApplicationLayer
{
    // Beyond the files themselves a tar holds headers (with a PAX header three blocks and the name) and padding.
    private const long OverheadPerEntry = 16 * 1024;
    private const int MostDifferences = 10;

    private readonly string publishDirectory;
    private readonly Dictionary<string, FileInfo> missing;
    private readonly HashSet<string> directories;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<string> differences = [];
    private readonly CancellationToken cancellation;
    private readonly long mostBytes;

    private ApplicationLayer(string publishDirectory, string workingDirectory, CancellationToken cancellation)
    {
        this.publishDirectory = publishDirectory;
        this.cancellation = cancellation;
        string root = workingDirectory.Trim('/');
        var folder = new DirectoryInfo(publishDirectory);
        missing = folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .ToDictionary(file => Join(root, Relative(file.FullName)), file => file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file, StringComparer.Ordinal);
        directories = new HashSet<string>(folder.EnumerateDirectories("*", SearchOption.AllDirectories).Select(directory => Join(root, Relative(directory.FullName))), StringComparer.Ordinal);
        for (string parent = root; parent.Length > 0; parent = parent.LastIndexOf('/') is > 0 and int slash ? parent[..slash] : "")
        {
            directories.Add(parent);
        }

        mostBytes = missing.Values.Sum(file => file.Length) + (OverheadPerEntry * (missing.Count + directories.Count + 4L));
    }

    /// <summary>How the layer differs from the publish directory, in words; nothing when it holds exactly its files.</summary>
    /// <param name="compressed">The layer, compressed with gzip.</param>
    /// <param name="workingDirectory">In the image; <c>/app/</c> as a rule.</param>
    /// <param name="diffId">The digest of the uncompressed layer that the configuration names.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<string> Compare(Stream compressed, string publishDirectory, string workingDirectory, string diffId, CancellationToken cancellation)
    {
        try
        {
            var layer = new ApplicationLayer(publishDirectory, workingDirectory, cancellation);
            layer.Read(compressed, diffId);
            return layer.differences;
        }
        catch (Exception e) when (TarProblem.IsOne(e) || e is UnauthorizedAccessException)
        {
            return ["its application layer, or the directory it was made of, cannot be read to the end"];
        }
    }

    private void Read(Stream compressed, string diffId)
    {
        using var unpacked = new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true);
        using var tar = new HashedStream(unpacked, mostBytes, cancellation);
        using (var reader = new TarReader(tar, leaveOpen: true))
        {
            while (differences.Count < MostDifferences && reader.GetNextEntry() is { } entry)
            {
                cancellation.ThrowIfCancellationRequested();
                Judge(entry);
            }
        }

        if (differences.Count >= MostDifferences)
            return;

        if (tar.HashToEnd() != diffId)
            differences.Add("its application layer does not hash to what its configuration says");

        differences.AddRange(missing.Keys.Order(StringComparer.Ordinal).Take(MostDifferences).Select(name => $"its application layer lacks {MessageText.Quote(name)}"));
    }

    private void Judge(TarEntry entry)
    {
        string name = entry.Name;
        bool isDirectory = entry.EntryType == TarEntryType.Directory;
        bool isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
        if (isDirectory && directories.Contains(name.TrimEnd('/')))
            return;

        if (!isFile || !missing.Remove(name, out FileInfo? published))
            differences.Add($"its application layer holds {MessageText.Quote(name)}{(seen.Contains(name) ? " twice" : ", which is no file of the publish directory")}");
        else if ((entry.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0)
            differences.Add($"its application layer holds {MessageText.Quote(name)} with a set-user or set-group bit");
        else if (entry.Length != published.Length || !HaveSameBytes(entry.DataStream, published))
            differences.Add($"{MessageText.Quote(name)} in its application layer is not the published file");

        if (isFile)
            seen.Add(name);
    }

    private bool HaveSameBytes(Stream? packed, FileInfo published)
    {
        using FileStream file = published.OpenRead();
        using HashAlgorithm hash = SHA256.Create();
        byte[] expected = hash.ComputeHash(file);
        return (packed is null ? SHA256.HashData([]) : SHA256.HashData(packed)).AsSpan().SequenceEqual(expected);
    }

    private string Relative(string path) => Path.GetRelativePath(publishDirectory, path).Replace(Path.DirectorySeparatorChar, '/');

    private static string Join(string root, string name) => root.Length == 0 ? name : $"{root}/{name}";
}
