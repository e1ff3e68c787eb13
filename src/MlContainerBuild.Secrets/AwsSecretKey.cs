namespace MlContainerBuild.Secrets;

/// <summary>The forty characters of an AWS secret access key, told by the name before them: they have no shape of their own.</summary>
internal static class AwsSecretKey
{
    private const int Length = 40;

    private static readonly ByteClass Name = ByteClass.Parse("A-Za-z_.");

    public static Extent Locate(ReadOnlySpan<byte> text, int literal)
    {
        int nameEnd = Name.RunEnd(text, literal, literal + 32);
        int start = KeyedValue.Start(text, nameEnd);
        if (start < 0)
            return default;
        int end = ByteClass.Base64.RunEnd(text, start, start + Length + 1);
        if (end - start != Length || (end < text.Length && text[end] == '='))
            return default;
        return Entropy.BitsPerByte(text.Slice(start, Length)) >= 3.5 ? Extent.Between(start, end) : default;
    }
}
