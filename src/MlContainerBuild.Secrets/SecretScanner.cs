using System.Buffers;

namespace MlContainerBuild.Secrets;

/// <summary>
/// Finds secrets in text: a search for the literals of all formats, then an exact bounded check at each hit. Takes time
/// proportional to the text, whatever the text is, and never throws.
/// </summary>
internal static class SecretScanner
{
    /// <summary>How far before a literal a format may look, in bytes.</summary>
    public const int LookBehind = 512;

    /// <summary>How far behind the start of a literal a format may look, in bytes.</summary>
    public const int LookAhead = 4096;

    private static readonly LiteralAutomaton Automaton = new(LiteralSet.All);

    /// <summary>The secrets in a text, by position, none overlapping another. Positions are in characters.</summary>
    public static IReadOnlyList<SecretMatch> Scan(ReadOnlySpan<char> text)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            Narrow(text, bytes);
            return Scan(bytes.AsSpan(0, text.Length));
        }
        finally
        {
            // The buffer held the text, which may hold secrets: it does not go back to strangers as it is.
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    /// <summary>The secrets in UTF-8 or other ASCII-compatible text. Positions are in bytes.</summary>
    public static IReadOnlyList<SecretMatch> Scan(ReadOnlySpan<byte> text)
    {
        var hits = new List<LiteralHit>();
        Automaton.Find(text, hits, LiteralSet.All);
        return hits.Count == 0 ? [] : Judge(text, hits);
    }

    private static List<SecretMatch> Judge(ReadOnlySpan<byte> text, List<LiteralHit> hits)
    {
        var matches = new List<(int Rank, SecretMatch Match)>();
        foreach (var hit in hits)
        {
            foreach (int rank in LiteralSet.Formats[hit.Id])
            {
                if (Match(SecretFormats.All[rank], text, hit.Start) is { } match)
                {
                    matches.Add((rank, match));
                    break;
                }
            }
        }

        return matches.Count == 0 ? [] : WithoutOverlaps(matches);
    }

    private static SecretMatch? Match(SecretFormat format, ReadOnlySpan<byte> text, int literal)
    {
        int from = Math.Max(0, literal - LookBehind);
        var window = text.Slice(from, Math.Min(text.Length, literal + LookAhead) - from);
        var extent = Locate(format, window, literal - from);
        if (extent.IsNone)
            return null;
        var token = window.Slice(extent.Start, extent.Length);
        if (Placeholder.IsFiller(token))
            return null;
        return new(format, from + extent.Start, extent.Length) { IsVerified = format.Checksum is { } holds && holds(token) };
    }

    private static Extent Locate(SecretFormat format, ReadOnlySpan<byte> window, int literal)
    {
        if (format.Locate is { } locate)
            return locate(window, literal);
        foreach (var shape in format.Shapes)
        {
            int start = literal - format.LiteralOffset;
            int end = shape.MatchAt(window, start);
            if (end >= 0 && (format.Requires is null || format.Requires(window.Slice(start, end - start))))
                return Extent.Between(start, end);
        }

        return default;
    }

    /// <summary>Of matches that share text the one whose format stands first in the table stays.</summary>
    private static List<SecretMatch> WithoutOverlaps(List<(int Rank, SecretMatch Match)> matches)
    {
        matches.Sort(static (a, b) => a.Match.Start != b.Match.Start ? a.Match.Start.CompareTo(b.Match.Start) : a.Rank.CompareTo(b.Rank));
        var kept = new List<SecretMatch>(matches.Count);
        int lastRank = 0;
        foreach (var (rank, match) in matches)
        {
            bool overlaps = kept.Count > 0 && kept[kept.Count - 1].End > match.Start;
            if (overlaps && rank >= lastRank)
                continue;
            if (overlaps)
                kept.RemoveAt(kept.Count - 1);
            kept.Add(match);
            lastRank = rank;
        }

        return kept;
    }

    /// <summary>One byte a character, so that positions stay: what is not ASCII becomes a byte that no format contains.</summary>
    private static void Narrow(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        for (int i = 0; i < text.Length; i++)
            bytes[i] = text[i] < 0x80 ? (byte)text[i] : (byte)0x80;
    }
}
