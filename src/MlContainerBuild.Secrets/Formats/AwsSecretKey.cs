namespace MlContainerBuild.Secrets;

/// <summary>The forty characters of an AWS secret access key. They have no shape of their own: a name or the key id beside them tells.</summary>
internal static class AwsSecretKey
{
    private const int Length = 40, MaxDistance = 160;

    private const double MinBits = 3.7;

    private static readonly ByteClass Name = ByteClass.Parse("A-Za-z_.");

    /// <summary>The value of a setting whose name has <paramref name="literal"/> in it.</summary>
    public static Located LocateByName(ReadOnlySpan<byte> text, int literal)
    {
        int start = KeyedValue.Start(text, Name.RunEnd(text, literal, literal + 32));
        return start < 0 ? Located.Nothing : At(text, start);
    }

    /// <summary>The quoted string that follows a key id, as in <c>new BasicAWSCredentials("AKIA…", "…")</c>.</summary>
    public static Located LocateByKeyId(ReadOnlySpan<byte> text, int literal)
    {
        int idEnd = literal + 20, end = Math.Min(text.Length, idEnd + MaxDistance);
        if (ByteClass.Alphanumeric.RunEnd(text, literal, end) != idEnd)
            return Located.Nothing;
        for (int i = idEnd; i < end; i++)
        {
            if (text[i] is (byte)'"' or (byte)'\'' or (byte)'=' or (byte)' ' or (byte)':' && At(text, i + 1) is { IsNothing: false } key)
                return key;
        }

        return Located.Nothing;
    }

    private static Located At(ReadOnlySpan<byte> text, int start)
    {
        int end = ByteClass.Base64.RunEnd(text, start, start + Length + 1);
        if (end - start != Length || (end < text.Length && text[end] is (byte)'=' or (byte)'-' or (byte)'_' or (byte)'.'))
            return Located.Nothing;
        var value = text.Slice(start, Length);
        bool isHex = ByteClass.Hex.RunEnd(value, 0, Length) == Length;
        return !isHex && Entropy.BitsPerByte(value) >= MinBits && ByteClass.Digit.IsAnyIn(value) ? Located.Between(start, end) : Located.Nothing;
    }
}
