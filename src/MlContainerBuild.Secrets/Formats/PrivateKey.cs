namespace MlContainerBuild.Secrets;

/// <summary>
/// Private keys in PEM (RFC 7468, OpenSSH, PGP). A header alone is code or prose about keys, so a body must follow; it may be
/// written with escaped line breaks, as in JSON. A key behind a passphrase is a weak find.
/// </summary>
internal static class PrivateKey
{
    private const int MinBody = 64, MaxLabel = 40, MaxHeaderLine = 100;

    private static readonly ByteClass Label = ByteClass.Parse("A-Z0-9 ");
    private static readonly ByteClass Joint = ByteClass.Parse("=\r\n \t\"',\\");

    public static Located Locate(ReadOnlySpan<byte> text, int literal)
    {
        int label = literal + "-----BEGIN ".Length;
        int labelEnd = Label.RunEnd(text, label, label + MaxLabel);
        var name = text.Slice(label, labelEnd - label);
        if (!(name.EndsWith("PRIVATE KEY"u8) || name.EndsWith("PRIVATE KEY BLOCK"u8)) || !text.Slice(labelEnd).StartsWith("-----"u8))
            return Located.Nothing;

        bool encrypted = name.StartsWith("ENCRYPTED"u8);
        int end = BodyEnd(text, labelEnd + "-----".Length, out int bodyLength, ref encrypted);
        if (bodyLength < MinBody)
            return Located.Nothing;
        if (text.Slice(end).StartsWith("-----END "u8))
            end = Math.Min(text.Length, end + "-----END ".Length + name.Length + "-----".Length);
        return Located.Between(literal, end) with { IsWeak = encrypted };
    }

    /// <summary>The key inside a service-account file of Google Cloud, found by its property <c>"private_key"</c>.</summary>
    public static Located LocateInServiceAccount(ReadOnlySpan<byte> text, int literal)
    {
        int start = KeyedValue.Start(text, literal + "\"private_key\"".Length);
        return start > 0 && text.Slice(start).StartsWith("-----BEGIN "u8) && text.IndexOf("service_account"u8) >= 0
            ? Locate(text, start)
            : Located.Nothing;
    }

    /// <summary>Reads base64 lines, header lines such as <c>Proc-Type: 4,ENCRYPTED</c>, and what joins lines in source code.</summary>
    private static int BodyEnd(ReadOnlySpan<byte> text, int at, out int length, ref bool encrypted)
    {
        length = 0;
        while (at < text.Length)
        {
            int run = ByteClass.Base64.RunEnd(text, at, text.Length);
            bool isHeader = run > at && run < text.Length - 1 && (text[run] == ':' || (text[run] == '-' && text[run + 1] != '-'));
            if (isHeader)
            {
                var line = Line(text.Slice(at));
                if (line.Length > MaxHeaderLine)
                    return at;
                encrypted |= line.IndexOf("ENCRYPTED"u8) >= 0;
                at += line.Length;
            }
            else if (run > at)
            {
                length += run - at;
                at = run;
            }
            else if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is (byte)'n' or (byte)'r')
            {
                at += 2;
            }
            else if (Joint.Contains(text[at]))
            {
                at++;
            }
            else
            {
                return at;
            }
        }

        return at;
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAny((byte)'\n', (byte)'\\');
        return length < 0 ? text : text.Slice(0, length);
    }
}
