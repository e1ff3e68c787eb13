namespace MlContainerBuild.Secrets;

/// <summary>Base64 in either alphabet, without padding or with it; stops at the first other character.</summary>
internal static class Base64Text
{
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new List<byte>(text.Length * 3 / 4);
        int bits = 0, buffer = 0;
        foreach (byte c in text)
        {
            int value = Value(c);
            if (value < 0)
                break;
            buffer = (buffer << 6 | value) & 0xFFFF;
            bits += 6;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }

        return bytes.ToArray();
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
