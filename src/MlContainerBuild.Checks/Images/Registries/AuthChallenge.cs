using System.Collections.Immutable;
using System.Text;

namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>One challenge of a <c>WWW-Authenticate</c> header (RFC 9110 §11.6.1).</summary>
/// <param name="Scheme">As sent; compared without regard to case.</param>
/// <param name="Parameters">By lower-case name; of a repeated one the first.</param>
internal sealed record AuthChallenge(string Scheme, ImmutableDictionary<string, string> Parameters)
{
    // A header is not worth more than this; what follows is ignored.
    private const int MaxLength = 8 * 1024;

    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    /// <summary>Every challenge of every header field; several may share one field. What is malformed ends the reading of its field.</summary>
    public static ImmutableArray<AuthChallenge> ParseAll(IEnumerable<string> headers)
    {
        ImmutableArray<AuthChallenge>.Builder challenges = ImmutableArray.CreateBuilder<AuthChallenge>();
        foreach (string header in headers)
        {
            Parse(header.Length > MaxLength ? header.AsSpan(0, MaxLength) : header, challenges);
        }

        return challenges.ToImmutable();
    }

    private static void Parse(ReadOnlySpan<char> text, ImmutableArray<AuthChallenge>.Builder challenges)
    {
        string? scheme = null;
        ImmutableDictionary<string, string>.Builder parameters = ImmutableDictionary.CreateBuilder<string, string>();
        while (true)
        {
            text = text.TrimStart(" \t,");
            if (!TryReadToken(ref text, out ReadOnlySpan<char> word))
            {
                break;
            }

            // "name=value" belongs to the challenge at hand; a word without '=' opens the next one.
            ReadOnlySpan<char> afterWord = text.TrimStart(" \t");
            if (scheme is not null && afterWord is ['=', ..])
            {
                text = afterWord[1..].TrimStart(" \t");
                if (!TryReadValue(ref text, out string value))
                {
                    break;
                }

                parameters.TryAdd(word.ToString().ToLowerInvariant(), value);
                continue;
            }

            Close();
            scheme = word.ToString();
        }

        Close();

        void Close()
        {
            if (scheme is not null)
            {
                challenges.Add(new AuthChallenge(scheme, parameters.ToImmutable()));
                parameters.Clear();
            }
        }
    }

    private static bool TryReadValue(ref ReadOnlySpan<char> text, out string value)
    {
        if (text is not ['"', ..])
        {
            // Not every registry quotes its realm.
            int end = text.IndexOfAny(", \t");
            ReadOnlySpan<char> bare = end < 0 ? text : text[..end];
            text = text[bare.Length..];
            value = bare.ToString();
            return bare.Length > 0;
        }

        var unescaped = new StringBuilder();
        for (int i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    value = unescaped.ToString();
                    text = text[(i + 1)..];
                    return true;
                case '\\' when i + 1 < text.Length:
                    unescaped.Append(text[++i]);
                    break;
                default:
                    unescaped.Append(text[i]);
                    break;
            }
        }

        value = "";
        return false;
    }

    private static bool TryReadToken(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> token)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || "!#$%&'*+-.^_`|~".Contains(text[length])))
        {
            length++;
        }

        token = text[..length];
        text = text[length..];
        return length > 0;
    }
}
