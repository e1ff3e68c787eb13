namespace MlContainerBuild.Secrets;

/// <summary>
/// The signature in an Azure shared access signature: percent-encoded base64 of a SHA-256 HMAC. It is one only beside the
/// fields that say until when (<c>se</c>) and for what (<c>sp</c>, <c>sv</c>, or <c>skn</c> of Service Bus) it grants access.
/// </summary>
internal static class SharedAccessSignature
{
    private const int Reach = 400;

    private static readonly ByteClass Signature = ByteClass.Parse("A-Za-z0-9%");
    private static readonly ByteClass Query = ByteClass.Parse("A-Za-z0-9%&=?;:._~/+-");

    public static Located Locate(ReadOnlySpan<byte> text, int literal)
    {
        if (literal == 0 || text[literal - 1] is not ((byte)'?' or (byte)'&' or (byte)';' or (byte)' '))
            return Located.Nothing;
        int start = literal + "sig=".Length;
        int end = Signature.RunEnd(text, start, start + 72);
        var signature = text.Slice(start, end - start);
        if (signature.Length is < 43 or > 71 || !(signature.EndsWith("%3D"u8) || signature.EndsWith("%3d"u8)))
            return Located.Nothing;
        int from = Query.RunStart(text, literal, literal - Reach), to = Query.RunEnd(text, end, end + Reach);
        var fields = text.Slice(from, to - from);
        bool grants = fields.IndexOf("se="u8) >= 0 && (fields.IndexOf("sp="u8) >= 0 || fields.IndexOf("sv="u8) >= 0 || fields.IndexOf("skn="u8) >= 0);
        return (grants ? Located.Between(start, end) : Located.Nothing) with { JudgedUntil = to };
    }
}
