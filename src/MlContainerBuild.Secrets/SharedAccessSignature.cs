namespace MlContainerBuild.Secrets;

/// <summary>
/// The signature in an Azure shared access signature: percent-encoded base64 of a SHA-256 HMAC. It is one only beside the
/// fields that say what it grants (<c>se</c>, <c>sp</c> or <c>sv</c> for storage, <c>sr=…&amp;skn=</c> for Service Bus).
/// </summary>
internal static class SharedAccessSignature
{
    private static readonly ByteClass Signature = ByteClass.Parse("A-Za-z0-9%");
    private static readonly ByteClass Query = ByteClass.Parse("A-Za-z0-9%&=?;:._~/+-");

    public static Extent Locate(ReadOnlySpan<byte> text, int literal)
    {
        if (literal == 0 || text[literal - 1] is not ((byte)'?' or (byte)'&' or (byte)';' or (byte)' '))
            return default;
        int start = literal + "sig=".Length;
        int end = Signature.RunEnd(text, start, start + 72);
        if (end - start is < 43 or > 71 || !text.Slice(start, end - start).EndsWith("%3D"u8) && !text.Slice(start, end - start).EndsWith("%3d"u8))
            return default;
        int from = Query.RunStart(text, literal, 0), to = Query.RunEnd(text, end, text.Length);
        var fields = text.Slice(from, to - from);
        bool grants = fields.IndexOf("se="u8) >= 0 && (fields.IndexOf("sp="u8) >= 0 || fields.IndexOf("sv="u8) >= 0 || fields.IndexOf("skn="u8) >= 0);
        return grants ? Extent.Between(start, end) : default;
    }
}
