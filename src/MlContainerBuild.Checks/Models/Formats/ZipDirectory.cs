using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MlContainerBuild.Checks.Models.Formats;

/// <summary>
/// The entries of a zip as its central directory lists them, which is what PyTorch, ML.NET and NumPy go by. Flags, checksums and
/// the names in the local headers are ignored, since those readers differ in whether they care: an archive that only some of
/// them refuse must not be one that nobody looks into. (APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3)
/// </summary>
internal sealed class ZipDirectory
{
    private const int MostEntries = 200_000;
    private const int LongestComment = 65_535;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int CentralHeaderLength = 46;
    private const int LocalHeaderLength = 30;

    /// <summary>In the directory's order; names may come twice.</summary>
    public List<ZipEntry> Entries { get; } = [];

    // Bytes before the archive, if it was appended to something: offsets count from behind them.
    private long origin;

    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

    /// <summary>Reads the directory. What is wrong with it is the stream's problem, and what was read before counts.</summary>
    public static ZipDirectory Read(ModelStream stream)
    {
        var directory = new ZipDirectory();
        if (directory.TryFind(stream, out long offset, out long size, out ulong count))
            directory.ReadEntries(stream, offset, offset + size, count);
        return directory;
    }

    /// <summary>Goes to where the data of an entry begin.</summary>
    public bool TrySeek(ModelStream stream, ZipEntry entry)
    {
        long offset = origin + entry.HeaderOffset;
        if (entry.HeaderOffset < 0 || offset > stream.Length - LocalHeaderLength)
            return stream.Fail("an entry lies outside the file");

        stream.Seek(offset);
        if (!stream.TryRead(LocalHeaderLength, out ReadOnlySpan<byte> header))
            return false;

        if (!header.StartsWith("PK\x03\x04"u8))
            return stream.Fail("there is no entry where the directory has one");

        int names = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        return stream.TrySkip((ulong)names);
    }

    /// <summary>The first bytes of an entry, decompressed: fewer where it is shorter or damaged, none where it is compressed otherwise.</summary>
    /// <param name="longest">At most <see cref="ModelStream.LongestRead"/>.</param>
    public byte[] ReadHead(ModelStream stream, ZipEntry entry, int longest)
    {
        if (!TrySeek(stream, entry))
            return [];

        if (entry.IsStored)
            return stream.Peek((int)Math.Min(longest, entry.CompressedSize)).ToArray();

        if (!entry.IsDeflated)
            return [];

        // Incompressible data grow by a few bytes a block.
        byte[] compressed = stream.Peek((int)Math.Min(ModelStream.LongestRead, Math.Min(entry.CompressedSize, longest + 1024L))).ToArray();
        byte[] head = new byte[longest];
        int length = 0;
        try
        {
            using var inflated = new DeflateStream(new MemoryStream(compressed), CompressionMode.Decompress);
            length = inflated.ReadAtLeast(head, longest, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            // What came before the damage was not handed out.
        }

        return head[..length];
    }

    private bool TryFind(ModelStream stream, out long offset, out long size, out ulong count)
    {
        (offset, size, count) = (0, 0, 0);
        long start = Math.Max(0, stream.Length - EndLength - LongestComment);
        stream.Seek(start);
        ReadOnlySpan<byte> tail = stream.Peek((int)(stream.Length - start));
        int end = tail.LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndLength)
            return stream.Fail("the file has no zip directory: it was cut short");

        ReadOnlySpan<byte> record = tail[end..];
        count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        long endOfDirectory = start + end;
        if (count == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue)
        {
            if (!TryReadLarge(stream, start + end, ref endOfDirectory, ref offset, ref size, ref count))
                return false;
        }

        if (size < 0 || offset < 0 || size > endOfDirectory || offset > endOfDirectory - size)
            return stream.Fail("the zip directory lies outside the file");

        // Where the size is wrong, some readers find the directory all the same, by its offset alone.
        origin = endOfDirectory - size - offset;
        if (count > 0 && !IsDirectory(stream, offset + origin) && IsDirectory(stream, offset))
            origin = 0;
        offset += origin;
        return true;
    }

    private static bool IsDirectory(ModelStream stream, long offset)
    {
        stream.Seek(offset);
        return stream.Peek(4).StartsWith("PK\x01\x02"u8);
    }

    // Zip64: a locator before the end record leads to one with longer fields.
    private static bool TryReadLarge(ModelStream stream, long endRecord, ref long endOfDirectory, ref long offset, ref long size, ref ulong count)
    {
        if (endRecord < LocatorLength)
            return true;

        stream.Seek(endRecord - LocatorLength);
        if (!stream.TryRead(LocatorLength, out ReadOnlySpan<byte> locator) || !locator.StartsWith("PK\x06\x07"u8))
            return true;

        long record = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        if (record < 0 || record > stream.Length - 56)
            return stream.Fail("the zip64 directory lies outside the file");

        stream.Seek(record);
        if (!stream.TryRead(56, out ReadOnlySpan<byte> large) || !large.StartsWith("PK\x06\x06"u8))
            return stream.Fail("there is no zip64 directory where the file says so");

        count = BinaryPrimitives.ReadUInt64LittleEndian(large[32..]);
        size = BinaryPrimitives.ReadInt64LittleEndian(large[40..]);
        offset = BinaryPrimitives.ReadInt64LittleEndian(large[48..]);
        endOfDirectory = record;
        return true;
    }

    // Some readers go by the count, others (Python's zipfile) by the size: what either of them finds is read.
    private void ReadEntries(ModelStream stream, long offset, long end, ulong count)
    {
        stream.Seek(offset);
        for (ulong i = 0; i < count || stream.Position < end; i++)
        {
            if (i >= count && !stream.Peek(4).StartsWith("PK\x01\x02"u8))
                return;

            if (Entries.Count >= MostEntries)
            {
                stream.Fail($"the archive has more than {MostEntries} entries");
                return;
            }

            if (!stream.TryRead(CentralHeaderLength, out ReadOnlySpan<byte> header))
                return;

            if (!header.StartsWith("PK\x01\x02"u8))
            {
                stream.Fail($"the zip directory announces {count} entries and has {i}");
                return;
            }

            int method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
            long compressed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
            int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
            long local = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
            if (!stream.TryRead(nameLength, out ReadOnlySpan<byte> nameBytes))
                return;

            string name = Encoding.UTF8.GetString(nameBytes);
            if (!stream.TryRead(extraLength, out ReadOnlySpan<byte> extra))
                return;

            TakeLargeFields(extra, ref size, ref compressed, ref local);
            Entries.Add(new ZipEntry(name, method, Within(compressed), Within(size), local));
            if (!stream.TrySkip((ulong)commentLength))
                return;
        }
    }

    // The fields are unsigned.
    private static long Within(long size) => size < 0 ? long.MaxValue : size;

    // Field 1 holds, in this order, those of the sizes and the offset that did not fit.
    private static void TakeLargeFields(ReadOnlySpan<byte> extra, ref long size, ref long compressed, ref long local)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            ReadOnlySpan<byte> field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id != 1)
                continue;

            Take(ref field, ref size);
            Take(ref field, ref compressed);
            Take(ref field, ref local);
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value != uint.MaxValue || field.Length < sizeof(long))
                return;

            value = BinaryPrimitives.ReadInt64LittleEndian(field);
            field = field[sizeof(long)..];
        }
    }
}

/// <summary>One entry of a zip, as the central directory describes it.</summary>
/// <param name="Method">0 is stored, 8 is deflated.</param>
/// <param name="CompressedSize">Bytes in the file; as announced.</param>
/// <param name="Size">Bytes when decompressed; as announced.</param>
/// <param name="HeaderOffset">Where its local header is, from the archive's first byte.</param>
internal sealed record ZipEntry(string Name, int Method, long CompressedSize, long Size, long HeaderOffset)
{
    public bool IsStored => Method == 0;

    public bool IsDeflated => Method == 8;

    /// <summary>Without the folders; some writers separate them by <c>\</c>.</summary>
    public ReadOnlySpan<char> FileName => Name.AsSpan()[(Name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
}
