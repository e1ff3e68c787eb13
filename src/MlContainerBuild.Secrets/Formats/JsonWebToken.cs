namespace MlContainerBuild.Secrets;

/// <summary>
/// Signed JSON Web Tokens (RFC 7519): three base64url parts of which the first two are JSON objects. The header is decoded and
/// must name an algorithm: text that merely looks like a token is common in documentation.
/// </summary>
internal static class JsonWebToken
{
    private const int MaxHeader = 1024, MinPart = 10;

    public static Located Locate(ReadOnlySpan<byte> text, int literal)
    {
        if (literal > 0 && ByteClass.Base64Url.Contains(text[literal - 1]) && !EscapeSequence.EndsAt(text, literal))
            return Located.Nothing;
        int headerEnd = PartEnd(text, literal, MaxHeader);
        if (headerEnd < 0 || !text.Slice(headerEnd).StartsWith(".eyJ"u8))
            return Located.Nothing;
        int payloadEnd = PartEnd(text, headerEnd + 1, SecretScanner.LookAhead);
        if (payloadEnd < 0 || payloadEnd == text.Length || text[payloadEnd] != '.')
            return Located.Nothing;
        int end = PartEnd(text, payloadEnd + 1, SecretScanner.LookAhead);
        bool isToken = end > 0 && NamesAlgorithm(text.Slice(literal, headerEnd - literal)) && !IsDocumentationSample(text.Slice(headerEnd + 1));
        return isToken ? Located.Between(literal, end) : Located.Nothing;
    }

    private static int PartEnd(ReadOnlySpan<byte> text, int start, int max)
    {
        int end = ByteClass.Base64Url.RunEnd(text, start, start + max);
        return end - start < MinPart ? -1 : end;
    }

    private static bool NamesAlgorithm(ReadOnlySpan<byte> header)
    {
        Span<byte> json = stackalloc byte[MaxHeader];
        json = json.Slice(0, Base64Text.Decode(header, json));
        return json.Length > 0 && json[json.Length - 1] == '}' && json.IndexOf("\"alg\""u8) > 0;
    }

    /// <summary>The payloads of the samples on jwt.io, which half the documentation of the world repeats.</summary>
    private static bool IsDocumentationSample(ReadOnlySpan<byte> payload) =>
        payload.StartsWith("eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."u8)
        || payload.StartsWith("eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiYWRtaW4iOnRydWUsImlhdCI6MTUxNjIzOTAyMn0."u8);
}
