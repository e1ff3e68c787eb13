using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Operations;
using MlContainerBuild.Secrets;
using Location = Microsoft.CodeAnalysis.Location;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>A secret that a text in the source proves by its own form, and where it stands.</summary>
internal readonly struct SecretText(SecretFormat format, string value, string mask, Location location)
{
    // A hole in the text as the engine knows it: a reference to something that only the running program knows.
    private const string Reference = "${}";

    internal SecretFormat Format { get; } = format;

    /// <summary>What makes it another secret than the next one; never shown.</summary>
    internal string Value { get; } = value;

    /// <summary>The secret as a message may show it.</summary>
    internal string Mask { get; } = mask;

    /// <summary>The literal; the whole expression when the secret is spread over several.</summary>
    internal Location Location { get; } = location;

    /// <summary>The secrets in a text that this expression writes; not those in constants that it names, which stand elsewhere.</summary>
    internal static IEnumerable<SecretText> In(KnownText text, IOperation expression) => In(text, text.Text, 0, expression);

    /// <param name="whole">The text that the expression's own is a part of.</param>
    /// <param name="offset">Where in it the expression's own starts.</param>
    internal static IEnumerable<SecretText> In(KnownText text, string whole, int offset, IOperation expression)
    {
        bool hasHoles = whole.IndexOf(KnownText.Hole) >= 0;
        string scanned = hasHoles ? whole.Replace(KnownText.Hole.ToString(), Reference) : whole;
        foreach (SecretMatch match in SecretScanner.Scan(scanned.AsSpan()))
        {
            string secret = scanned.Substring(match.Start, match.Length);
            if (hasHoles && secret.Contains(Reference))
                continue;

            int start = match.Start - (hasHoles ? AddedBefore(scanned, match.Start) : 0) - offset;
            if (Locate(text, start, start + match.Length, expression) is { } location)
                yield return new SecretText(match.Format, secret, SecretMask.Mask(secret), location);
        }
    }

    private static int AddedBefore(string scanned, int position)
    {
        int added = 0;
        for (int at = scanned.IndexOf(Reference, StringComparison.Ordinal); at >= 0 && at < position; at = scanned.IndexOf(Reference, at + Reference.Length, StringComparison.Ordinal))
            added += Reference.Length - 1;

        return added;
    }

    private static Location? Locate(KnownText text, int start, int end, IOperation expression)
    {
        IOperation? literal = null;
        int pieces = 0;
        foreach (TextPiece piece in text.Pieces)
        {
            if (piece.Start >= end || piece.End <= start)
                continue;

            pieces++;
            if (piece.IsLiteral)
                literal = piece.Source;
        }

        return literal is null ? null
            : pieces == 1 ? literal.Syntax.GetLocation()
            : expression.Syntax.GetLocation();
    }
}
