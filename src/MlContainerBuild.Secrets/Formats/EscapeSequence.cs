namespace MlContainerBuild.Secrets;

/// <summary>Escapes whose last character is a letter or digit, so that it looks like part of the word behind it.</summary>
internal static class EscapeSequence
{
    /// <summary>As long as <c>\u0022</c>.</summary>
    public const int MaxLength = 6;

    /// <summary>Whether <c>\n</c>, <c>\u0022</c>, <c>%3D</c> or the like ends just before <paramref name="index"/>.</summary>
    public static bool EndsAt(ReadOnlySpan<byte> bytes, int index)
    {
        if (index >= 2 && bytes[index - 2] == '\\' && bytes[index - 1] is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'0')
            return true;
        if (index >= 3 && bytes[index - 3] == '%' && IsHex(bytes, index - 2, 2))
            return true;
        if (index >= 4 && bytes[index - 4] == '\\' && bytes[index - 3] == 'x' && IsHex(bytes, index - 2, 2))
            return true;
        return index >= 6 && bytes[index - 6] == '\\' && bytes[index - 5] == 'u' && IsHex(bytes, index - 4, 4);
    }

    private static bool IsHex(ReadOnlySpan<byte> bytes, int start, int length) =>
        ByteClass.Hex.RunEnd(bytes, start, start + length) == start + length;
}
