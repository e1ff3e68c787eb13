using MlContainerBuild.Analyzers.Credentials.Sinks;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>
/// Whether a constant passes for a credential, given how sure its place is. The gates for keys and passwords are the engine's;
/// what is here is what only source code has: names of settings, claims and headers, selectors, patterns, identifiers.
/// </summary>
internal static class CredentialValue
{
    private const int ShortestPassword = 8, ShortestCryptographicKey = 8, Longest = 4096;

    /// <summary>Whether text may be a credential at all, whatever its place; most text in a program is not.</summary>
    internal static bool IsPossible(string text)
    {
        if (text.Length is < ShortestPassword or > Longest)
            return false;

        int blanks = 0;
        bool hasOther = false;
        foreach (char c in text)
        {
            if (c is ' ' or '\t' or '\r' or '\n' && ++blanks > 1)
                return false;

            hasOther |= c is not ((>= 'a' and <= 'z') or '.' or '-' or '_' or '/' or ':' or ' ' or ',');
        }

        return hasOther;
    }

    /// <summary>For a place that takes nothing but a credential.</summary>
    internal static bool IsSecretAt(SinkKind kind, string text) => kind switch
    {
        SinkKind.CryptographicKey => text.Length >= ShortestCryptographicKey && !Placeholder.IsReference(text),
        SinkKind.Password => text.Length >= ShortestPassword && PasswordValue.IsSecret(text),
        _ => KeyValue.IsSecret(text, CredentialKind.Key),
    };

    /// <summary><c>user:password</c>, as basic authentication has it before base64; personal access tokens go without a user.</summary>
    internal static bool IsUserAndPassword(string text)
    {
        int colon = text.IndexOf(':');
        return colon is >= 0 and < 64 && text.Length < 256 && text.IndexOf(' ') < 0
            && text.Take(colon).All(static c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or '+' or '\\')
            && text.Length - colon - 1 >= 6 && PasswordValue.IsSecret(text.Substring(colon + 1));
    }

    /// <summary>For a place whose name says so.</summary>
    internal static bool IsSecretNamed(CredentialKind kind, string text) => kind switch
    {
        CredentialKind.None => false,
        CredentialKind.Password => IsPassword(text),
        CredentialKind.Key => KeyValue.IsSecret(text, kind) && !IsIdentifier(text, separatorsForNumbers: 1) && !Guid.TryParseExact(text, "D", out _),
        _ => KeyValue.IsSecret(text, kind) && !IsIdentifier(text, separatorsForNumbers: 1) && !text.All(IsHexDigit),
    };

    /// <summary>A password somebody chose, and no word for one: <c>Wint3r!9</c>, but not <c>ForgotPassword</c>, <c>#password</c> or <c>^.{8,}$</c>.</summary>
    private static bool IsPassword(string text)
    {
        if (text.Length is < ShortestPassword or > 128 || !PasswordValue.IsSecret(text) || IsIdentifier(text, separatorsForNumbers: 2))
            return false;

        bool hasLetter = false, hasOther = false;
        foreach (char c in text)
        {
            if (c is ' ' or '[' or ']' or '{' or '}' or '(' or ')' or '<' or '>' or '"' or '\'' or '|' or '\\')
                return false;

            hasLetter |= char.IsLetter(c);
            hasOther |= char.IsDigit(c) || c is '!' or '@' or '$' or '%' or '^' or '&' or '*' or '+' or '?' or '~' or '#';
        }

        return hasLetter && hasOther && text[0] is not ('#' or '.' or '^' or '/' or '*' or '-');
    }

    /// <summary>Words and numbers between separators: <c>urn:oauth:grant-type:jwt-bearer2</c>, <c>cpython-3.10.11-x86_64-linux</c>, <c>someone@models.example</c>.</summary>
    private static bool IsIdentifier(string text, int separatorsForNumbers)
    {
        int separators = 0, digits = 0, run = 0;
        foreach (char c in text)
        {
            if (char.IsDigit(c))
            {
                digits++;
                if (++run > 4)
                    return false;
            }
            else if (char.IsLetter(c))
            {
                // A number ends a word; in the middle of one it is none.
                if (run > 0)
                    return false;
            }
            else if (c is '.' or '_' or ':' or '-' or '/' or '@')
            {
                separators++;
                run = 0;
            }
            else
            {
                return false;
            }
        }

        return digits == 0 || separators >= separatorsForNumbers || (separators == 1 && digits == 1);
    }

    private static bool IsHexDigit(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F') or '-';
}
