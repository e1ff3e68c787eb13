using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>The gate for keys and tokens without a known shape: long, of one word, and random to look at.</summary>
internal static class KeyValue
{
    private const int MinLength = 16;

    private const double MinBits = 3.0, MinBitsWhenNameIsWeak = 3.3;

    // Public by design: extended, SSH, RSA and elliptic-curve public keys; keys for browsers of Stripe, Supabase, Mapbox and PostHog.
    private static readonly string[] PublicPrefixes =
    [
        "xpub", "ssh-", "ecdsa-", "AAAAB3NzaC1", "AAAAC3NzaC1", "MIIBIjANBgkqhki", "MFkwEwYHKoZIzj0",
        "pk_live_", "pk_test_", "sb_publishable_", "pk.eyJ", "phc_",
    ];

    private static readonly ByteClass Characters = ByteClass.Parse("A-Za-z0-9_+/=.~!@#$%^&*:-");

    public static bool IsSecret(string text, CredentialKind kind)
    {
        string value = text.Trim().Trim('"', '\'');
        if (value.Length < MinLength || Placeholder.IsReference(value) || Placeholder.IsSample(value) || Location.IsPathOrUri(value))
            return false;
        if (Array.Exists(PublicPrefixes, prefix => value.StartsWith(prefix, StringComparison.Ordinal)))
            return false;
        if (kind == CredentialKind.WeakKey && (value.Length < 24 || Guid.TryParse(value, out _)))
            return false;
        int digits = 0, upper = 0, lower = 0;
        foreach (char c in value)
        {
            if (c >= 0x80 || !Characters.Contains((byte)c))
                return false;
            digits += c is >= '0' and <= '9' ? 1 : 0;
            upper += c is >= 'A' and <= 'Z' ? 1 : 0;
            lower += c is >= 'a' and <= 'z' ? 1 : 0;
        }

        bool isWords = digits < 2 && (upper == 0 || lower == 0 || NameWords.Split(value).TrueForAll(static word => word.Length >= 3));
        return !isWords && digits < value.Length && !KnownSample.Contains(Encoding.ASCII.GetBytes(value))
            && Entropy.BitsPerCharacter(value.AsSpan()) >= (kind == CredentialKind.WeakKey ? MinBitsWhenNameIsWeak : MinBits);
    }
}
