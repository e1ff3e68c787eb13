using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>Secrets as they may be shown: the public prefix of the provider at most, nothing of a password.</summary>
internal static class SecretMask
{
    /// <summary>Stands for what is not shown.</summary>
    public const string Hidden = "…";

    /// <summary>Stands for the whole value: <c>hf_…</c> for a token with a fixed prefix, else <c>…</c>.</summary>
    public static string Mask(string value)
    {
        var matches = SecretScanner.Scan(value.AsSpan());
        return matches.Count == 1 && matches[0].Start == 0 && matches[0].Length == value.Length
            ? Mask(matches[0].Format, value)
            : Hidden;
    }

    /// <summary>The text with each secret in it masked, and every value that a name beside it calls a credential.</summary>
    public static string Redact(string text)
    {
        var matches = SecretScanner.Scan(text.AsSpan());
        if (matches.Count == 0)
            return text;
        var result = new StringBuilder(text.Length);
        int at = 0;
        foreach (var match in matches)
        {
            result.Append(text, at, match.Start - at).Append(Mask(match.Format, text.Substring(match.Start, match.Length)));
            at = match.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The mask of a secret of known format.</summary>
    public static string Mask(SecretFormat format, ReadOnlySpan<byte> secret) => Mask(format, Encoding.ASCII.GetString(secret.Slice(0, Math.Min(secret.Length, 40)).ToArray()));

    private static string Mask(SecretFormat format, string secret)
    {
        // Only a literal that starts every token of the format is public: it stands in the provider's documentation.
        if (format.LiteralOffset > 0 || format.Shapes.Count == 0)
            return Hidden;
        foreach (string literal in format.Literals)
        {
            if (secret.StartsWith(literal, StringComparison.Ordinal))
                return literal + Hidden;
        }

        return Hidden;
    }
}
