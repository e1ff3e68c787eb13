namespace MlContainerBuild.Secrets;

/// <summary>
/// The signature in an Azure shared access signature: base64 of a SHA-256 HMAC, percent-encoded, or base64url without padding in
/// the addresses of Logic Apps. It is one only beside two of the fields that say until when (<c>se</c>), for what (<c>sp</c>),
/// by which version (<c>sv</c>) or by which key (<c>skn</c> of Service Bus) it grants access.
/// </summary>
internal static class SharedAccessSignature
{
    private const int Reach = 400;

    private const int Base64Length = 43, MaxLength = 72;

    private static readonly ByteClass Signature = ByteClass.Parse("A-Za-z0-9%+/=_-");
    private static readonly ByteClass Query = ByteClass.Parse("A-Za-z0-9%&=?;:._~/+-");

    public static Located Locate(ReadOnlySpan<byte> text, int literal)
    {
        if (literal == 0 || text[literal - 1] is not ((byte)'?' or (byte)'&' or (byte)';' or (byte)' '))
            return Located.Nothing;
        int start = literal + "sig=".Length;
        int end = Signature.RunEnd(text, start, start + MaxLength);
        if (!IsSignature(text.Slice(start, end - start)))
            return Located.Nothing;
        int from = Query.RunStart(text, literal, literal - Reach), to = Query.RunEnd(text, end, end + Reach);
        var fields = text.Slice(from, to - from);
        int said = Says(fields, "se="u8) + Says(fields, "sp="u8) + Says(fields, "sv="u8) + Says(fields, "skn="u8);
        return (said >= 2 ? Located.Between(start, end) : Located.Nothing) with { JudgedUntil = to };
    }

    private static bool IsSignature(ReadOnlySpan<byte> text)
    {
        bool isEncoded = text.IndexOf((byte)'%') >= 0;
        return isEncoded
            ? text.Length is >= Base64Length and < MaxLength && (text.EndsWith("%3D"u8) || text.EndsWith("%3d"u8))
            : text.Length == Base64Length || (text.Length == Base64Length + 1 && text[Base64Length] == '=');
    }

    private static int Says(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> field) => fields.IndexOf(field) >= 0 ? 1 : 0;
}
