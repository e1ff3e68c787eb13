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

    /// <summary>The text with each secret in it masked, and with every value hidden that the name beside it calls a credential.</summary>
    public static string Redact(string text)
    {
        var found = SecretScanner.Scan(text.AsSpan());
        var masks = found.Select(match => (match.Start, match.End, Mask: Mask(match.Format, text.Substring(match.Start, match.Length)))).ToList();
        int next = 0, until = 0;
        foreach (var (start, length) in NamedPasswords(text).Concat(CommandLogin.Passwords(text)).OrderBy(static hidden => hidden.Start))
        {
            while (next < found.Count && found[next].End <= start)
                next++;
            bool isFound = next < found.Count && found[next].Start < start + length;
            if (isFound || start < until)
                continue;
            until = start + length;
            masks.Add((start, until, Hidden));
        }

        masks.Sort();
        var result = new StringBuilder(text.Length);
        int at = 0;
        foreach (var (start, end, mask) in masks)
        {
            result.Append(text, at, start - at).Append(mask);
            at = end;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    // No gate here: hiding a placeholder is no harm, showing a password is. A reference shows nothing.
    private static IEnumerable<(int Start, int Length)> NamedPasswords(string text) =>
        NamedValueReader.Read(text)
            .Where(setting => CredentialName.Judge(setting.Name) is CredentialKind.Password or CredentialKind.Key
                && !Placeholder.IsReference(text.Substring(setting.ValueStart, setting.ValueLength)))
            .Select(setting => (setting.ValueStart, setting.ValueLength));

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
