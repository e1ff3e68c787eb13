using System.Buffers.Binary;
using System.Text;

namespace MlContainerBuild.Checks.Tests.Models.Files;

/// <summary>Writes the head of a GGUF file.</summary>
internal sealed class GgufWriter(uint version = 3, bool isBigEndian = false)
{
    private readonly List<byte> pairs = [];
    private ulong count;

    public byte[] Bytes => [.. "GGUF"u8, .. Number(version), .. Length(1), .. Length(count), .. pairs, .. new byte[128]];

    /// <summary>The head with another number of pairs than it has.</summary>
    public byte[] Announcing(ulong number) => [.. "GGUF"u8, .. Number(version), .. Length(1), .. Length(number), .. pairs];

    public GgufWriter Text(string key, string value) => Pair(key, 8, Text(value));

    public GgufWriter Number32(string key, uint value) => Pair(key, 4, Number(value));

    public GgufWriter Texts(string key, params string[] values) =>
        Pair(key, 9, [.. Number(8), .. Length((ulong)values.Length), .. values.SelectMany(Text)]);

    public GgufWriter Floats(string key, int length) => Pair(key, 9, [.. Number(6), .. Length((ulong)length), .. new byte[length * 4]]);

    public GgufWriter Pair(string key, uint type, byte[] value)
    {
        pairs.AddRange([.. Text(key), .. Number(type), .. value]);
        count++;
        return this;
    }

    public byte[] Length(ulong value)
    {
        if (version == 1)
            return Number((uint)value);

        byte[] bytes = new byte[8];
        if (isBigEndian)
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    public byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        if (isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private byte[] Text(string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        return [.. Length((ulong)text.Length), .. text];
    }
}
