using System.Buffers.Binary;
using System.Text;

namespace MlContainerBuild.Checks.Models.Formats;

/// <summary>
/// GGUF, versions 1 to 3, in either byte order: reads the texts among the key-value pairs, passes the vocabulary, and does not go
/// on to the tensors. (https://github.com/ggml-org/ggml, docs/gguf.md)
/// </summary>
internal sealed class GgufReader(ModelStream stream, ModelTexts texts)
{
    private const ulong MostPairs = 1_000_000;
    private const int LongestKey = 65_535;
    private const int DeepestArray = 4;

    // A list of tags or languages is read, a vocabulary is not.
    private const ulong LongestReadArray = 1024;

    private const uint Text = 8;
    private const uint Array = 9;

    private bool isBigEndian;
    private bool hasShortLengths;
    private string? architecture;

    public static bool IsGguf(ReadOnlySpan<byte> head) => head.StartsWith("GGUF"u8);

    public static bool IsGgml(ReadOnlySpan<byte> head) =>
        head.StartsWith("lmgg"u8) || head.StartsWith("tjgg"u8) || head.StartsWith("fmgg"u8) || head.StartsWith("algg"u8);

    public ModelFile Read(ModelFile file)
    {
        if (stream.TrySkip(4) && stream.TryReadUInt32(out uint version))
        {
            isBigEndian = (version & 0xFFFF) == 0 && version != 0;
            version = isBigEndian ? BinaryPrimitives.ReverseEndianness(version) : version;
            hasShortLengths = version == 1;
            if (version is < 1 or > 3)
                stream.Fail($"version {version} is not known");
            else if (TryReadLength(out _) && TryReadLength(out ulong pairs))
                ReadPairs(pairs);
        }

        return file with { Producer = architecture };
    }

    private void ReadPairs(ulong count)
    {
        if (count > MostPairs)
        {
            stream.Fail($"{count} key-value pairs are announced, and no model has more than {MostPairs}");
            return;
        }

        for (ulong i = 0; i < count; i++)
        {
            if (!TryReadLength(out ulong length))
                return;

            if (length > LongestKey)
            {
                stream.Fail($"a key of {length} bytes is announced, and the format allows {LongestKey}");
                return;
            }

            if (!stream.TryRead((int)length, out ReadOnlySpan<byte> bytes))
                return;

            byte[] key = bytes.ToArray();
            if (!TryReadUInt32(out uint type) || !TryReadValue(key, type, depth: 0))
                return;
        }
    }

    private bool TryReadValue(byte[] key, uint type, int depth) => type switch
    {
        Text => TryReadText(key),
        Array => TryReadArray(key, depth),
        _ when SizeOf(type) is var size and > 0 => stream.TrySkip(size),
        _ => stream.Fail($"type {type} of a value is not known"),
    };

    private bool TryReadText(byte[] key)
    {
        if (!TryReadLength(out ulong length))
            return false;

        int count = (int)Math.Min(length, ModelStream.LongestRead);
        if (!stream.TryRead(count, out ReadOnlySpan<byte> value))
            return false;

        if (key.AsSpan().SequenceEqual("general.architecture"u8))
            architecture = Encoding.UTF8.GetString(value[..Math.Min(count, 100)]);
        texts.Look("key", key, value);
        return stream.TrySkip(length - (ulong)count);
    }

    private bool TryReadArray(byte[] key, int depth)
    {
        if (!TryReadUInt32(out uint type) || !TryReadLength(out ulong count))
            return false;

        if (SizeOf(type) is var size and > 0)
            return count <= (ulong)stream.Remaining ? stream.TrySkip(count * size) : stream.Fail($"an array of {count} values is announced, and the file has {stream.Remaining} more bytes");

        if (type is not (Text or Array))
            return stream.Fail($"type {type} of a value is not known");

        if (depth >= DeepestArray)
            return stream.Fail($"arrays are nested deeper than {DeepestArray} levels");

        for (ulong i = 0; i < count; i++)
        {
            bool isPassed = type == Array || count <= LongestReadArray
                ? TryReadValue(key, type, depth + 1)
                : TryReadLength(out ulong length) && stream.TrySkip(length);
            if (!isPassed)
                return false;
        }

        return true;
    }

    /// <summary>Bytes of a value; 0 for those that say it themselves, and for what is not known.</summary>
    private static ulong SizeOf(uint type) => type switch
    {
        0 or 1 or 7 => 1,
        2 or 3 => 2,
        4 or 5 or 6 => 4,
        10 or 11 or 12 => 8,
        _ => 0,
    };

    private bool TryReadUInt32(out uint value)
    {
        bool isRead = stream.TryReadUInt32(out value);
        value = isBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        return isRead;
    }

    private bool TryReadLength(out ulong value)
    {
        if (hasShortLengths)
        {
            bool isShortRead = TryReadUInt32(out uint length);
            value = length;
            return isShortRead;
        }

        bool isRead = stream.TryReadUInt64(out value);
        value = isBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        return isRead;
    }
}
