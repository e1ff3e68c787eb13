namespace MlContainerBuild.Secrets;

/// <summary>
/// Signed JSON Web Tokens (RFC 7519): three base64url parts of which the first two are JSON objects. The header is decoded and
/// must name an algorithm; what merely looks like one is common in documentation and in base64 JSON.
/// </summary>
internal static class JsonWebToken
{
    private const int MaxHeader = 1024, MinPart = 10;

    public static Extent Locate(ReadOnlySpan<byte> text, int literal)
    {
        if (literal > 0 && ByteClass.Base64Url.Contains(text[literal - 1]) && !EscapeSequence.EndsAt(text, literal))
            return default;
        int headerEnd = PartEnd(text, literal, MaxHeader);
        if (headerEnd < 0 || !text.Slice(headerEnd).StartsWith(".eyJ"u8))
            return default;
        int payloadEnd = PartEnd(text, headerEnd + 1, SecretScanner.LookAhead);
        if (payloadEnd < 0 || payloadEnd == text.Length || text[payloadEnd] != '.')
            return default;
        int end = PartEnd(text, payloadEnd + 1, SecretScanner.LookAhead);
        return end > 0 && NamesAlgorithm(text.Slice(literal, headerEnd - literal)) ? Extent.Between(literal, end) : default;
    }

    private static int PartEnd(ReadOnlySpan<byte> text, int start, int max)
    {
        int end = ByteClass.Base64Url.RunEnd(text, start, start + max);
        return end - start < MinPart ? -1 : end;
    }

    private static bool NamesAlgorithm(ReadOnlySpan<byte> header)
    {
        byte[] json = Base64Text.Decode(header);
        return json.AsSpan().IndexOf("\"alg\""u8) > 0 && json[json.Length - 1] == '}';
    }
}
