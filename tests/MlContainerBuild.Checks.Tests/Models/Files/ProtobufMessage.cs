using System.Text;

namespace MlContainerBuild.Checks.Tests.Models.Files;

/// <summary>Writes a protocol buffer, field by field.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<byte> bytes = [];

    public byte[] Bytes => [.. bytes];

    public ProtobufMessage Number(int field, ulong value)
    {
        Varint((ulong)field << 3);
        Varint(value);
        return this;
    }

    public ProtobufMessage Fixed32(int field, uint value)
    {
        Varint(((ulong)field << 3) | 5);
        bytes.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public ProtobufMessage Text(int field, string value) => Raw(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Message(int field, ProtobufMessage value) => Raw(field, value.Bytes);

    public ProtobufMessage Entry(int field, string key, string value) => Message(field, new ProtobufMessage().Text(1, key).Text(2, value));

    public ProtobufMessage Raw(int field, byte[] value)
    {
        Announce(field, (ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    /// <summary>The tag and length of a field whose content is not written.</summary>
    public ProtobufMessage Announce(int field, ulong length)
    {
        Varint(((ulong)field << 3) | 2);
        Varint(length);
        return this;
    }

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.Add((byte)value);
    }
}
