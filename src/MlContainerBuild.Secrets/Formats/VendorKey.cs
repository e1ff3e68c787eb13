namespace MlContainerBuild.Secrets;

/// <summary>
/// Keys without a form of their own: so many letters and digits, told by the provider's name before them, as in
/// <c>COHERE_API_KEY=…</c>, <c>"Mistral": { "ApiKey": "…" }</c> or <c>wandb login …</c>.
/// </summary>
internal static class VendorKey
{
    private const int Reach = 72, MinLength = 25;

    private const double MinBits = 3.0;

    private static readonly string[] CredentialWords = ["key", "token", "secret", "login", "auth", "client", "password"];

    private static readonly ByteClass Letter = ByteClass.Parse("A-Za-z");

    /// <summary>The first word behind the provider's name that has one of the shapes, if what is between says that it is a credential.</summary>
    public static Located Locate(ReadOnlySpan<byte> text, int literal, IReadOnlyList<TokenShape> shapes)
    {
        int nameEnd = ByteClass.Base64Url.RunEnd(text, literal, literal + Reach);
        int limit = Math.Min(text.Length, literal + Reach), lines = 0;
        var near = text.Slice(nameEnd, Math.Max(0, limit - nameEnd));
        if (near.IndexOfAny((byte)'=', (byte)':', (byte)'(') < 0 && near.IndexOfAny((byte)',', (byte)' ') < 0)
            return Located.Nothing with { JudgedUntil = nameEnd };

        for (int at = nameEnd; at < limit; at++)
        {
            int end = ByteClass.Base64Url.RunEnd(text, at, at + 200);
            if (end - at >= MinLength && Match(text, at, end, shapes))
                return IsCredential(text.Slice(literal, at - literal)) && IsRandom(text.Slice(at, end - at)) ? Located.Between(at, end) : Located.Nothing;
            at = end;
            if (at >= limit || text[at] is (byte)';' or (byte)'}' or (byte)'#' || (text[at] == '\n' && ++lines > 1))
                break;
        }

        return Located.Nothing with { JudgedUntil = nameEnd };
    }

    private static bool Match(ReadOnlySpan<byte> text, int start, int end, IReadOnlyList<TokenShape> shapes)
    {
        for (int i = 0; i < shapes.Count; i++)
        {
            if (shapes[i].MatchAt(text, start) == end)
                return true;
        }

        return false;
    }

    private static bool IsCredential(ReadOnlySpan<byte> between)
    {
        foreach (string word in CredentialWords)
        {
            if (AsciiText.Contains(between, word))
                return true;
        }

        return false;
    }

    private static bool IsRandom(ReadOnlySpan<byte> value) =>
        ByteClass.Digit.IsAnyIn(value) && Letter.IsAnyIn(value) && Entropy.BitsPerByte(value) >= MinBits;
}
