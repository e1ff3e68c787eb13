namespace MlContainerBuild.Secrets;

/// <summary>
/// Private keys in PEM (RFC 7468, OpenSSH, PGP). A header alone is code or prose about keys, so a body must follow; it may be
/// written with escaped line breaks, as in JSON.
/// </summary>
internal static class PrivateKey
{
    private const int MinBody = 64, MaxLabel = 40;

    private static readonly ByteClass Label = ByteClass.Parse("A-Z0-9 ");

    public static Extent Locate(ReadOnlySpan<byte> text, int literal) => Locate(text, literal, out bool encrypted) is var key && !encrypted ? key : default;

    public static Extent LocateEncrypted(ReadOnlySpan<byte> text, int literal) => Locate(text, literal, out bool encrypted) is var key && encrypted ? key : default;

    /// <summary>The key inside a service-account file of Google Cloud, found by its property <c>"private_key"</c>.</summary>
    public static Extent LocateInServiceAccount(ReadOnlySpan<byte> text, int literal)
    {
        int start = KeyedValue.Start(text, literal + "\"private_key\"".Length);
        if (start < 0 || !text.Slice(start).StartsWith("-----BEGIN "u8) || text.IndexOf("service_account"u8) < 0)
            return default;
        return Locate(text, start);
    }

    private static Extent Locate(ReadOnlySpan<byte> text, int header, out bool encrypted)
    {
        encrypted = false;
        int label = header + "-----BEGIN ".Length;
        int labelEnd = Label.RunEnd(text, label, label + MaxLabel);
        var name = text.Slice(label, labelEnd - label);
        if (!(name.EndsWith("PRIVATE KEY"u8) || name.EndsWith("PRIVATE KEY BLOCK"u8)) || !text.Slice(labelEnd).StartsWith("-----"u8))
            return default;
        encrypted = name.StartsWith("ENCRYPTED"u8);
        int end = BodyEnd(text, labelEnd + "-----".Length, out int bodyLength, ref encrypted);
        if (bodyLength < MinBody)
            return default;
        var rest = text.Slice(end);
        int footer = rest.Slice(0, Math.Min(rest.Length, 8)).IndexOf("-----END"u8);
        return Extent.Between(header, footer < 0 ? end : Math.Min(text.Length, end + footer + "-----END ".Length + name.Length + "-----".Length));
    }

    /// <summary>Reads base64 lines, header lines such as <c>Proc-Type: 4,ENCRYPTED</c>, and what joins them in source code.</summary>
    private static int BodyEnd(ReadOnlySpan<byte> text, int at, out int length, ref bool encrypted)
    {
        length = 0;
        while (at < text.Length)
        {
            int run = ByteClass.Base64.RunEnd(text, at, text.Length);
            if (run > at)
            {
                bool isHeader = run < text.Length && text[run] is (byte)'-' or (byte)':';
                if (isHeader)
                {
                    int lineEnd = LineEnd(text, at);
                    encrypted |= text.Slice(at, lineEnd - at).IndexOf("ENCRYPTED"u8) >= 0;
                    if (lineEnd - at > 100)
                        return at;
                    at = lineEnd;
                    continue;
                }

                length += run - at;
                at = run;
                continue;
            }

            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is (byte)'n' or (byte)'r')
                at += 2;
            else if (text[at] is (byte)'=' or (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t' or (byte)'"' or (byte)'\'' or (byte)',' or (byte)'\\')
                at++;
            else
                return at;
        }

        return at;
    }

    private static int LineEnd(ReadOnlySpan<byte> text, int at)
    {
        int length = text.Slice(at).IndexOfAny((byte)'\n', (byte)'\\');
        return length < 0 ? text.Length : at + length;
    }
}
