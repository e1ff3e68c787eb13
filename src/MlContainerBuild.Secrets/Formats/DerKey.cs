namespace MlContainerBuild.Secrets;

/// <summary>
/// Private keys and key stores in DER, told by their first elements and a length that fits: PKCS#1 and PKCS#8 (RFC 8017,
/// 5958), SEC 1 (RFC 5915), PKCS#12 (RFC 7292). Certificates and public keys start otherwise.
/// </summary>
internal static class DerKey
{
    private const int MinLength = 46, HeaderLength = 40;

    private static readonly SecretFormat PrivateKey = new()
    {
        Id = "private-key",
        Name = "private key",
        Source = "RFC 5958, 5915, 8017",
    };

    private static readonly SecretFormat KeyStore = new()
    {
        Id = "private-key",
        Name = "PKCS#12 key store",
        Source = "RFC 7292",
    };

    /// <summary>What the base64 text holds; null when it is no key.</summary>
    public static SecretFormat? Recognize(ReadOnlySpan<char> base64)
    {
        // Every DER sequence longer than 127 bytes starts with 0x30 0x81 or 0x30 0x82; shorter keys are Ed25519 (0x30 0x2e) and P-256 (0x30 0x77).
        if (base64.Length < 60 || base64[0] != 'M')
            return null;
        Span<byte> text = stackalloc byte[HeaderLength / 3 * 4 + 4];
        Span<byte> header = stackalloc byte[HeaderLength];
        AsciiText.Narrow(base64.Slice(0, Math.Min(base64.Length, text.Length)), text);
        header = header.Slice(0, Base64Text.Decode(text.Slice(0, Math.Min(base64.Length, text.Length)), header));
        return Recognize(header, DecodedLength(base64));
    }

    private static SecretFormat? Recognize(ReadOnlySpan<byte> header, int length)
    {
        if (length < MinLength || header.Length < 16 || header[0] != 0x30)
            return null;
        int lengthBytes = header[1] < 0x80 ? 0 : header[1] - 0x80;
        if (lengthBytes is > 3)
            return null;
        int content = lengthBytes == 0 ? header[1] : 0;
        for (int i = 0; i < lengthBytes; i++)
            content = (content << 8) | header[2 + i];
        var body = header.Slice(2 + lengthBytes);
        if (content + 2 + lengthBytes != length || body[0] != 2 || body[1] != 1)
            return null;
        return (body[2], body[3]) switch
        {
            (0 or 1, 0x30) => PrivateKey,
            (0, 2) when body[4] is 0x40 or 0x41 or 0x81 or 0x82 => PrivateKey,
            (1, 4) => PrivateKey,
            (3, 0x30) => KeyStore,
            _ => null,
        };
    }

    /// <summary>How many bytes the base64 text decodes to; -1 when it is none. Line breaks count for nothing.</summary>
    private static int DecodedLength(ReadOnlySpan<char> base64)
    {
        int characters = 0;
        foreach (char c in base64)
        {
            if (c < 0x80 && ByteClass.Base64.Contains((byte)c))
                characters++;
            else if (c is not ('=' or '\r' or '\n' or ' '))
                return -1;
        }

        return characters * 3 / 4;
    }
}
