namespace MlContainerBuild.Secrets;

/// <summary>Base64 in either alphabet, with padding or without.</summary>
internal static class Base64Text
{
    /// <summary>Decodes up to the first other character or until the destination is full; returns how many bytes it wrote.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0, bits = 0, buffer = 0;
        foreach (byte c in text)
        {
            int value = Value(c);
            if (value < 0 || written == destination.Length)
                break;
            buffer = ((buffer << 6) | value) & 0xFFFF;
            bits += 6;
            if (bits < 8)
                continue;
            bits -= 8;
            destination[written++] = (byte)(buffer >> bits);
        }

        return written;
    }

    private static int Value(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };
}
