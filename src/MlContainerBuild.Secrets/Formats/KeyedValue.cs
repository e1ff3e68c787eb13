namespace MlContainerBuild.Secrets;

/// <summary>The value that follows a key in code, configuration or a connection string: <c>Key=…</c>, <c>"Key": "…"</c>.</summary>
internal static class KeyedValue
{
    private const int MaxGap = 12;

    private static readonly ByteClass Gap = ByteClass.Parse(" \t\"'`=:>,(\\");

    /// <summary>The index at which the value of a key that ends at <paramref name="keyEnd"/> starts; -1 without a separator.</summary>
    public static int Start(ReadOnlySpan<byte> text, int keyEnd)
    {
        int start = Gap.RunEnd(text, keyEnd, keyEnd + MaxGap);
        bool separated = text.Slice(keyEnd, start - keyEnd).IndexOfAny((byte)'=', (byte)':', (byte)',') >= 0;
        return separated && start < text.Length ? start : -1;
    }

    /// <summary>A base64 value of exactly <paramref name="length"/> characters, padding included, or of exactly <paramref name="longer"/>.</summary>
    public static Located Base64(ReadOnlySpan<byte> text, int keyEnd, int length, int longer = 0)
    {
        int start = Start(text, keyEnd);
        if (start < 0)
            return Located.Nothing;
        int end = ByteClass.Base64.RunEnd(text, start, start + Math.Max(length, longer));
        int padded = end;
        while (padded < text.Length && text[padded] == '=' && padded - end < 2)
            padded++;
        return padded > end && padded - start is var found && (found == length || found == longer) ? Located.Between(start, padded) : Located.Nothing;
    }
}
