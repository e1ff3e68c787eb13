using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;

namespace MlContainerBuild.Checks.Images.Archives;

/// <summary>
/// An OCI image layout in a tar file (OCI image specification, "Image Layout"). Every blob is hashed once; documents are held,
/// layers stay in the file, so that memory does not grow with the image.
/// </summary>
internal sealed class OciArchive
{
    // A layout holds a handful of blobs for each platform; the sizes are those registries set themselves for documents.
    private const int MaxEntries = 10_000;
    private const int MaxDocument = 4 * 1024 * 1024;
    private const int MaxDocuments = 64 * 1024 * 1024;

    private const string BlobFolder = "blobs/sha256/";

    private readonly Stream file;
    private readonly Dictionary<string, byte[]> documents = new(StringComparer.Ordinal);
    private readonly HashSet<string> blobs = new(StringComparer.Ordinal);
    private long heldBytes;

    private OciArchive(Stream file) => this.file = file;

    /// <summary>Tag and digest of every entry of <c>index.json</c>, in its order; a tag may stand there twice.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Tags { get; private set; } = [];

    /// <summary>Reads an archive to its end; false with the reason when it is none, or when a blob is not what it is named.</summary>
    /// <param name="file">Seekable; has to stay open as long as the archive is used.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static bool TryRead(Stream file, CancellationToken cancellation, [NotNullWhen(true)] out OciArchive? archive, [NotNullWhen(false)] out string? error)
    {
        archive = null;
        var read = new OciArchive(file);
        try
        {
            error = read.ReadEntries(cancellation);
        }
        catch (Exception e) when (TarProblem.IsOne(e))
        {
            error = "the archive is damaged or cut short";
        }

        archive = error is null ? read : null;
        return archive is not null;
    }

    /// <summary>A manifest, index or configuration; null when the archive has none of that digest.</summary>
    public byte[]? Document(string digest) => documents.GetValueOrDefault(digest);

    public bool Contains(string digest) => blobs.Contains(digest);

    /// <summary>The bytes of a blob; null when the archive has none of that digest. Only one can be read at a time.</summary>
    public Stream? Open(string digest)
    {
        file.Position = 0;
        using var reader = new TarReader(file, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (DigestOf(entry.Name) == digest)
                return entry.DataStream ?? Stream.Null;
        }

        return null;
    }

    private string? ReadEntries(CancellationToken cancellation)
    {
        int count = 0;
        byte[]? index = null;
        using var reader = new TarReader(file, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.EntryType == TarEntryType.Directory && entry.Name.TrimEnd('/') is "blobs" or "blobs/sha256")
                continue;

            string? digest = DigestOf(entry.Name);
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || (digest is null && entry.Name is not ("index.json" or "oci-layout")))
                return "the archive holds something that is no part of an OCI layout";

            // The SDK writes a layer that two platforms share twice, which the digest makes harmless.
            if (++count > MaxEntries || (entry.Name == "index.json" && index is not null))
                return "the archive holds too many entries, or two of index.json";

            (string found, byte[]? document) = Read(entry, cancellation);
            if (digest is not null && digest != found)
                return $"the content of the blob {digest} hashes to {found}";

            if (entry.Name == "index.json")
                index = document;

            if (digest is null)
                continue;

            blobs.Add(digest);
            if (document is not null)
                documents[digest] = document;
        }

        return index is not null && TryReadTags(index) ? null : "the archive has no readable index.json";
    }

    private (string Digest, byte[]? Document) Read(TarEntry entry, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using MemoryStream? held = entry.Length <= MaxDocument ? new MemoryStream((int)entry.Length) : null;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            long length = 0;
            while (entry.DataStream is { } data && data.Read(buffer) is > 0 and int count)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, count);
                held?.Write(buffer, 0, count);
                length += count;
            }

            if (length != entry.Length)
                throw new EndOfStreamException();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // A document is a JSON object; small layers are none.
        byte[]? document = held is { Length: > 0 } && held.GetBuffer()[0] == (byte)'{' ? held.ToArray() : null;
        heldBytes += document?.Length ?? 0;
        if (heldBytes > MaxDocuments)
            throw new InvalidDataException();

        return ("sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()), document);
    }

    private bool TryReadTags(byte[] index)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(index, new JsonDocumentOptions { AllowDuplicateProperties = false });
            Tags = [.. document.RootElement.GetProperty("manifests").EnumerateArray().Select(entry => KeyValuePair.Create(
                entry.GetProperty("annotations").GetProperty("org.opencontainers.image.ref.name").GetString() ?? "",
                entry.GetProperty("digest").GetString() ?? ""))];
            return !Tags.IsEmpty;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static string? DigestOf(string name)
    {
        if (!name.StartsWith(BlobFolder, StringComparison.Ordinal))
            return null;

        string digest = "sha256:" + name[BlobFolder.Length..];
        return ImageReference.IsSha256Digest(digest) ? digest : null;
    }
}

/// <summary>What reading a tar that may be anything throws.</summary>
internal static class TarProblem
{
    public static bool IsOne(Exception exception) => exception is
        InvalidDataException or IOException or FormatException or ArgumentException or OverflowException or NotSupportedException or InvalidOperationException;
}
