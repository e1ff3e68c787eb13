using System.Text;

namespace IrisTrainer;

/// <summary>
/// The two wire types of Protocol Buffers that an ONNX model needs: varints and length-delimited fields,
/// https://protobuf.dev/programming-guides/encoding/.
/// </summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0;
    private const int LengthDelimitedType = 2;

    private readonly MemoryStream _stream = new();

    public ProtobufWriter Integer(int field, long value) => Varint(Key(field, VarintType)).Varint((ulong)value);

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter value) => Bytes(field, value.ToArray());

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(Key(field, LengthDelimitedType)).Varint((ulong)value.Length);
        _stream.Write(value);
        return this;
    }

    public byte[] ToArray() => _stream.ToArray();

    private static ulong Key(int field, int wireType) => (ulong)(field << 3 | wireType);

    private ProtobufWriter Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _stream.WriteByte((byte)(value | 0x80));
        _stream.WriteByte((byte)value);
        return this;
    }
}
