using System.Collections.Immutable;

namespace MlContainerBuild.Checks.Payload;

/// <summary>What a publish folder holds: totals, and the files that make most of it. No file is opened.</summary>
public sealed record PayloadInventory
{
    private const int LargestFileCount = 12;

    /// <summary>Number of files.</summary>
    public required long FileCount { get; init; }

    /// <summary>Bytes on disk.</summary>
    public required long Size { get; init; }

    /// <summary>One entry for each kind that is there, the largest first.</summary>
    public required ImmutableArray<PayloadShare> Shares { get; init; }

    /// <summary>The largest files, the largest first; at most twelve.</summary>
    public required ImmutableArray<PayloadFile> LargestFiles { get; init; }

    /// <summary>Walks a folder in memory that does not grow with it. A folder that cannot be read counts as empty.</summary>
    /// <param name="directory">Absolute.</param>
    /// <exception cref="OperationCanceledException">The walk was cancelled.</exception>
    public static PayloadInventory Read(string directory, CancellationToken cancellation = default)
    {
        var counts = new (long Files, long Size)[Enum.GetValues<PayloadFileKind>().Length];
        var largest = new PriorityQueue<PayloadFile, (long, string)>(LargestFileCount + 1, SmallestFirst);
        if (Directory.Exists(directory))
        {
            foreach ((string path, long size) in PayloadSubject.Walk(directory))
            {
                cancellation.ThrowIfCancellationRequested();
                var kind = PayloadFile.KindOf(path);
                counts[(int)kind].Files++;
                counts[(int)kind].Size += size;
                if (largest.Count == LargestFileCount && size < largest.Peek().Size)
                    continue;

                string relative = Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/');
                largest.Enqueue(new PayloadFile(relative, size), (size, relative));
                if (largest.Count > LargestFileCount)
                    largest.Dequeue();
            }
        }

        return new PayloadInventory
        {
            FileCount = counts.Sum(count => count.Files),
            Size = counts.Sum(count => count.Size),
            Shares =
            [
                .. counts
                    .Select((count, kind) => new PayloadShare((PayloadFileKind)kind, count.Files, count.Size))
                    .Where(share => share.FileCount > 0)
                    .OrderByDescending(share => share.Size),
            ],
            LargestFiles = [.. largest.UnorderedItems.OrderByDescending(item => item.Priority, SmallestFirst).Select(item => item.Element)],
        };
    }

    // Of files of one size the first by name stays, so that two walks give one answer.
    private static Comparer<(long Size, string Path)> SmallestFirst { get; } = Comparer<(long Size, string Path)>.Create(
        (a, b) => a.Size != b.Size ? a.Size.CompareTo(b.Size) : string.CompareOrdinal(b.Path, a.Path));
}

/// <summary>How much of the payload is of one kind.</summary>
public sealed record PayloadShare(PayloadFileKind Kind, long FileCount, long Size);

/// <summary>One file of the payload.</summary>
/// <param name="Path">Relative to the publish folder, with <c>/</c>.</param>
/// <param name="Size">Bytes on disk.</param>
public sealed record PayloadFile(string Path, long Size)
{
    public PayloadFileKind Kind => KindOf(Path);

    /// <summary>What the name says; the content is judged by rules, not here.</summary>
    internal static PayloadFileKind KindOf(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> name = System.IO.Path.GetFileName(path);
        ReadOnlySpan<char> extension = System.IO.Path.GetExtension(name);
        if (ModelExtensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(extension))
            return PayloadFileKind.Model;

        if (extension.Equals(".dll", StringComparison.OrdinalIgnoreCase) || extension.Equals(".exe", StringComparison.OrdinalIgnoreCase))
            return PayloadFileKind.Assembly;

        bool isNative = extension.Equals(".so", StringComparison.Ordinal) || extension.Equals(".dylib", StringComparison.Ordinal)
            || name.Contains(".so.", StringComparison.Ordinal);
        return isNative ? PayloadFileKind.NativeLibrary : PayloadFileKind.Other;
    }

    private static readonly HashSet<string> ModelExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".onnx", ".onnx_data", ".ort", ".safetensors", ".gguf", ".ggml", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib",
        ".tflite", ".pb", ".h5", ".keras", ".engine", ".plan", ".trt", ".mlnet", ".mlmodel",
    };
}

/// <summary>What a file of the payload is, by its name.</summary>
public enum PayloadFileKind
{
    Other,
    Model,
    Assembly,
    NativeLibrary,
}
