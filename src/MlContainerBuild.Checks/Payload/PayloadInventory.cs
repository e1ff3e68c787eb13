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
        PayloadShare[] shares = [.. PayloadFile.Kinds.Select(kind => new PayloadShare(kind, 0, 0))];
        var largest = new List<PayloadFile>(LargestFileCount + 1);
        if (Directory.Exists(directory))
        {
            foreach (WalkedFile file in PayloadSubject.Walk(directory))
            {
                cancellation.ThrowIfCancellationRequested();
                ref PayloadShare share = ref shares[(int)PayloadFile.KindOf(file.Path)];
                share = share with { FileCount = share.FileCount + 1, Size = share.Size + file.Size };
                if (largest.Count == LargestFileCount && file.Size < largest[^1].Size)
                    continue;

                largest.Add(new PayloadFile(Path.GetRelativePath(directory, file.Path).Replace(Path.DirectorySeparatorChar, '/'), file.Size));
                largest.Sort(LargestFirst);
                if (largest.Count > LargestFileCount)
                    largest.RemoveAt(LargestFileCount);
            }
        }

        Array.Sort(shares, (a, b) => b.Size.CompareTo(a.Size));
        return new PayloadInventory
        {
            FileCount = shares.Sum(share => share.FileCount),
            Size = shares.Sum(share => share.Size),
            Shares = [.. shares.Where(share => share.FileCount > 0)],
            LargestFiles = [.. largest],
        };
    }

    // Of files of one size the first by name comes first, so that two walks give one answer.
    private static int LargestFirst(PayloadFile a, PayloadFile b) => a.Size != b.Size ? b.Size.CompareTo(a.Size) : string.CompareOrdinal(a.Path, b.Path);
}

/// <summary>How much of the payload is of one kind.</summary>
public sealed record PayloadShare(PayloadFileKind Kind, long FileCount, long Size);

/// <summary>One file of the payload.</summary>
/// <param name="Path">Relative to the publish folder, with <c>/</c>.</param>
/// <param name="Size">Bytes on disk.</param>
public sealed record PayloadFile(string Path, long Size)
{
    public PayloadFileKind Kind => KindOf(Path);

    /// <summary>Every kind, in the order of its value.</summary>
    internal static PayloadFileKind[] Kinds { get; } = Enum.GetValues<PayloadFileKind>();

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
