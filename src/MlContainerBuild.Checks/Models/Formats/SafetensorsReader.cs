using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace MlContainerBuild.Checks.Models.Formats;

/// <summary>
/// safetensors: the length of a JSON header in eight bytes, the header, then the weights. Only <c>__metadata__</c> holds texts of
/// the author's. (https://github.com/huggingface/safetensors)
/// </summary>
internal sealed class SafetensorsReader(ModelStream stream, ModelTexts texts)
{
    /// <summary>The format's own limit, in bytes.</summary>
    private const ulong LongestHeader = 100_000_000;

    private const int PieceLength = 64 << 10;

    private string key = "";
    private bool isInMetadata;
    private string? producer;

    /// <param name="head">The first bytes of the file.</param>
    /// <param name="length">Of the file.</param>
    public static bool IsSafetensors(ReadOnlySpan<byte> head, long length)
    {
        if (head.Length < 10)
            return false;

        // What is announced need not fit: a file cut short is one, too.
        ulong header = BinaryPrimitives.ReadUInt64LittleEndian(head);
        return header is >= 2 and <= LongestHeader && header <= (ulong)length * 1024 && head[8] == '{' && head[9] is (byte)'"' or (byte)'}' or (byte)' ' or (byte)'\n';
    }

    public ModelFile Read(ModelFile file)
    {
        if (stream.TryReadUInt64(out ulong length))
        {
            if (length > LongestHeader)
                stream.Fail($"a header of {length} bytes is announced, and the format allows {LongestHeader}");
            else if (length > (ulong)stream.Remaining)
                stream.Fail($"a header of {length} bytes is announced, and the file has {stream.Remaining} more");
            else
                ReadHeader((int)length);
        }

        return file with { Producer = producer };
    }

    private void ReadHeader(int length)
    {
        long start = stream.Position;
        long end = start + length;
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = 16 });
        int piece = PieceLength;
        try
        {
            while (stream.Position < end)
            {
                int count = (int)Math.Min(piece, end - stream.Position);
                ReadOnlySpan<byte> bytes = stream.Peek(count);
                if (bytes.Length < count)
                {
                    stream.Fail("the file ends here");
                    return;
                }

                var reader = new Utf8JsonReader(bytes, isFinalBlock: stream.Position + count == end, state);
                while (reader.Read())
                {
                    Take(ref reader);
                }

                state = reader.CurrentState;
                long consumed = reader.BytesConsumed;
                if (stream.Position + count == end)
                    consumed = count;
                else if (consumed == 0 && count < ModelStream.LongestRead)
                    piece = Math.Min(piece * 2, ModelStream.LongestRead);
                else if (consumed == 0)
                    stream.Fail("a text in the header is longer than 1 MiB");

                if (!stream.TrySkip((ulong)consumed))
                    return;
            }
        }
        catch (JsonException)
        {
            stream.Fail("the header is no JSON");
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                isInMetadata = reader.ValueTextEquals("__metadata__"u8);
                break;
            case JsonTokenType.PropertyName when isInMetadata:
                key = Text(ref reader);
                break;
            case JsonTokenType.String when isInMetadata:
                if (key == "format")
                    producer = Text(ref reader);
                if (reader.ValueIsEscaped)
                    texts.Look("__metadata__", Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(Text(ref reader)));
                else
                    texts.Look("__metadata__", Encoding.UTF8.GetBytes(key), reader.ValueSpan);
                break;
        }
    }

    // Half of a surrogate pair, or bytes that are no UTF-8, make no string.
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.Latin1.GetString(reader.ValueSpan);
        }
    }
}
