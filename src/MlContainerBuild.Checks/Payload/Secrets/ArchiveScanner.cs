using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;

using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>Finds secrets in the entries of zip and tar archives, one level deep, within <see cref="PayloadLimits"/>.</summary>
internal sealed class ArchiveScanner
{
    private const int TarMagicOffset = 257;

    private readonly List<(string Entry, ContentSecrets Content)> found = [];
    private readonly CancellationToken cancellation;
    private long left;

    private ArchiveScanner(long archiveLength, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        left = Math.Min(PayloadLimits.ArchiveTotal, PayloadLimits.ArchiveEntry + (archiveLength * PayloadLimits.ArchiveRatio));
    }

    /// <summary>Entries with a finding.</summary>
    public IReadOnlyList<(string Entry, ContentSecrets Content)> Found => found;

    /// <summary>Whether something was passed over: too many entries, too much in one, a damaged archive.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Null for a file that is no archive.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ArchiveScanner? Scan(FileStream file, ReadOnlySpan<byte> head, CancellationToken cancellation)
    {
        var scanner = new ArchiveScanner(file.Length, cancellation);
        if (head.StartsWith("PK\u0003\u0004"u8))
            scanner.ReadZip(file);
        else if (IsTar(head))
            scanner.ReadTar(file);
        else if (head is [0x1F, 0x8B, 0x08, ..])
            scanner.ReadGZip(file);
        else
            return null;

        return scanner;
    }

    private static bool IsTar(ReadOnlySpan<byte> head) => head.Length >= TarMagicOffset + 5 && head[TarMagicOffset..].StartsWith("ustar"u8);

    private void ReadZip(FileStream file)
    {
        if (!HasBoundedDirectory(file))
        {
            IsPartial = true;
            return;
        }

        try
        {
            file.Position = 0;
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            IsPartial |= archive.Entries.Count > PayloadLimits.ArchiveEntries;
            foreach (ZipArchiveEntry entry in archive.Entries.Take(PayloadLimits.ArchiveEntries))
            {
                if (entry.Length == 0 || entry.FullName.EndsWith('/'))
                    continue;

                if (entry.IsEncrypted)
                    IsPartial = true;
                else if (!Read(entry.FullName, entry.Length, entry.Open))
                    return;
            }
        }
        catch (InvalidDataException)
        {
            IsPartial = true;
        }
    }

    // The library reads the whole list of entries before it gives the first: so its length is read from the end of the file before.
    private static bool HasBoundedDirectory(FileStream file)
    {
        const int recordLength = 22, longestComment = ushort.MaxValue;
        byte[] tail = new byte[(int)Math.Min(file.Length, recordLength + longestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        int record = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (record < 0 || record + recordLength > tail.Length)
            return false;

        // Archives beyond 4 GiB or 65,535 entries say so with all ones; their directory may begin anywhere.
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(record + 16));
        long end = file.Length - tail.Length + record;
        return start != uint.MaxValue && start <= end && end - start <= PayloadLimits.ArchiveDirectory;
    }

    private void ReadGZip(FileStream file)
    {
        try
        {
            file.Position = 0;
            using var unpacked = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            byte[] head = new byte[512];
            int length = unpacked.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            file.Position = 0;
            using var again = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            if (IsTar(head.AsSpan(0, length)))
                ReadTar(again);
            else
                Read(Path.GetFileNameWithoutExtension(file.Name), long.MaxValue, () => again);
        }
        catch (InvalidDataException)
        {
            IsPartial = true;
        }
    }

    private void ReadTar(Stream content)
    {
        try
        {
            if (content.CanSeek)
                content.Position = 0;

            // Entries that are passed over cost their bytes, too.
            using var bounded = new BoundedStream(content, left);
            using var tar = new TarReader(bounded);
            for (int count = 0; tar.GetNextEntry() is { } entry; count++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (count == PayloadLimits.ArchiveEntries)
                {
                    IsPartial = true;
                    return;
                }

                if (entry.DataStream is { Length: > 0 } data && !Read(entry.Name, data.Length, () => data))
                    return;
            }
        }
        catch (Exception damaged) when (damaged is InvalidDataException or FormatException or EndOfStreamException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            IsPartial = true;
        }
    }

    /// <summary>False when nothing more may be read.</summary>
    /// <param name="length">What the archive says; what there is may be more, or less.</param>
    private bool Read(string entry, long length, Func<Stream> open)
    {
        cancellation.ThrowIfCancellationRequested();
        PayloadFileKind kind = PayloadFile.KindOf(entry);
        if (kind == PayloadFileKind.Model)
            return true;

        using var content = new BoundedStream(open(), Math.Min(left, PayloadLimits.ArchiveEntry));
        ContentSecrets secrets = length <= PayloadLimits.StructuredText && kind == PayloadFileKind.Other
            ? ContentScanner.Scan(content, entry.Replace('\\', '/'), length, cancellation)
            : ContentScanner.ByForm(SecretStream.Scan(content, cancellation));
        if (secrets.Secrets.Count > 0)
            found.Add((entry, secrets));

        left -= content.BytesRead;
        IsPartial |= content.IsCut || secrets.IsPartial || left <= 0;
        return left > 0 && found.Count < PayloadLimits.FindingsOfAFile;
    }
}
