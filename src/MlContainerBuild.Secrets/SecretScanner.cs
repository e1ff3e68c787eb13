using System.Buffers;

namespace MlContainerBuild.Secrets;

/// <summary>
/// Finds secrets in a text in memory: a search for the literals of all formats, then an exact bounded check at each. Takes
/// time proportional to the text, whatever the text is, and never throws.
/// </summary>
internal static class SecretScanner
{
    /// <summary>How far before a literal a format may look, in bytes.</summary>
    public const int LookBehind = 512;

    /// <summary>How far behind the start of a literal a format may look, in bytes.</summary>
    public const int LookAhead = 4096;

    private const int ShortestSecret = 8;

    /// <summary>The secrets in a text, by position, none overlapping another. Positions are in characters.</summary>
    public static IReadOnlyList<SecretMatch> Scan(ReadOnlySpan<char> text)
    {
        if (text.Length < ShortestSecret)
            return [];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(text.Length + LiteralSearch.Slack);
        AsciiText.Narrow(text, buffer);
        return ScanAndReturn(buffer, text.Length);
    }

    /// <summary>The secrets in UTF-8 or other ASCII-compatible text. Positions are in bytes.</summary>
    public static IReadOnlyList<SecretMatch> Scan(ReadOnlySpan<byte> text)
    {
        if (text.Length < ShortestSecret)
            return [];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(text.Length + LiteralSearch.Slack);
        text.CopyTo(buffer);
        return ScanAndReturn(buffer, text.Length);
    }

    private static SecretMatch[] ScanAndReturn(byte[] buffer, int length)
    {
        try
        {
            var hits = new List<LiteralHit>();
            LiteralSearch.Find(buffer, 0, length, hits);
            return hits.Count == 0 ? [] : Judge(buffer.AsSpan(0, length), hits);
        }
        finally
        {
            // It held text that may hold secrets: the next to rent the buffer need not see them.
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static SecretMatch[] Judge(ReadOnlySpan<byte> text, List<LiteralHit> hits)
    {
        LiteralHit.Sort(hits);
        var judge = new HitJudge();
        var claims = new List<Claim>();
        foreach (var hit in hits)
        {
            if (judge.Judge(text, hit, origin: 0) is { } claim)
                claims.Add(claim);
        }

        Claim.RemoveOverlaps(claims);
        return claims.ConvertAll(static claim => new SecretMatch(claim.Format, (int)claim.Start, claim.Length) { IsVerified = claim.IsVerified }).ToArray();
    }
}
