using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>Secrets as they may be shown: the public prefix of the provider at most, nothing of a password.</summary>
internal static class SecretMask
{
    private const char Hidden = '…';

    /// <summary>Stands for the whole value: <c>hf_…</c> for a token with a fixed prefix, else <c>…</c>.</summary>
    public static string Mask(string value)
    {
        var matches = SecretScanner.Scan(value.AsSpan());
        return matches.Count == 1 && matches[0].Start == 0 && matches[0].Length == value.Length
            ? Prefix(value, matches[0]) + Hidden
            : Hidden.ToString();
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
            result.Append(text, at, match.Start - at).Append(Prefix(text.Substring(match.Start, match.Length), match)).Append(Hidden);
            at = match.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The literal that starts every token of the format: public, as it is in the provider's documentation.</summary>
    private static string Prefix(string token, SecretMatch match)
    {
        if (match.Format.LiteralOffset > 0 || match.Format.Shapes.Count == 0)
            return "";
        foreach (string literal in match.Format.Literals)
        {
            if (token.StartsWith(literal, StringComparison.Ordinal))
                return literal;
        }

        return "";
    }
}
