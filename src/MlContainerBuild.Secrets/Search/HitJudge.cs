namespace MlContainerBuild.Secrets;

/// <summary>
/// Decides for each literal found whether a secret stands there. It reads no more than <see cref="SecretScanner.LookBehind"/>
/// and <see cref="SecretScanner.LookAhead"/> bytes round a literal, so that a text cut into pieces yields what the whole does.
/// </summary>
internal sealed class HitJudge
{
    /// <summary>
    /// More literals than this in one block is no text anybody wrote; the rest of the block is passed over, and the result says
    /// so. Real text has 10 in a block, a list of addresses 300.
    /// </summary>
    private const int BlockSize = 16 * 1024, MaxHitsInBlock = 1024;

    private readonly long[] judgedUntil = new long[SecretFormats.All.Length];
    private long block = -1;
    private int hitsInBlock;

    /// <summary>Whether literals were passed over because there were too many.</summary>
    public bool IsCapped { get; private set; }

    /// <summary>Judges one literal; literals come ordered by their start.</summary>
    /// <param name="text">A piece of the text that holds what may be read round the literal.</param>
    /// <param name="origin">Where the piece starts in the whole text.</param>
    /// <returns>The claim, or null.</returns>
    public Claim? Judge(ReadOnlySpan<byte> text, LiteralHit hit, long origin)
    {
        long position = origin + hit.Start;
        if (position / BlockSize != block)
            (block, hitsInBlock) = (position / BlockSize, 0);
        if (++hitsInBlock > MaxHitsInBlock)
        {
            IsCapped = true;
            return null;
        }

        int from = Math.Max(0, hit.Start - SecretScanner.LookBehind);
        var window = text.Slice(from, Math.Min(text.Length, hit.Start + SecretScanner.LookAhead) - from);
        foreach (int rank in LiteralSet.Formats[hit.Id])
        {
            if (position < judgedUntil[rank])
                continue;
            var format = SecretFormats.All[rank];
            var found = Locate(format, window, hit.Start - from);
            if (found.JudgedUntil > 0)
                judgedUntil[rank] = origin + from + found.JudgedUntil;
            if (found.IsNothing)
                continue;
            var token = window.Slice(found.Start, found.Length);
            bool isVerified = format.Checksum is { } holds && holds(token);
            if ((!isVerified && Placeholder.IsFiller(token)) || KnownSample.Contains(token))
                continue;
            return new(rank, found.IsWeak && format.Weaker is { } weaker ? weaker : format, origin + from + found.Start, found.Length, isVerified);
        }

        return null;
    }

    private static Located Locate(SecretFormat format, ReadOnlySpan<byte> window, int literal)
    {
        if (format.Locate is { } locate)
            return locate(window, literal);
        for (int i = 0; i < format.Shapes.Count; i++)
        {
            int start = literal - format.LiteralOffset;
            int end = format.Shapes[i].MatchAt(window, start);
            if (end >= 0 && (format.Requires is null || format.Requires(window.Slice(start, end - start))))
                return Located.Between(start, end);
        }

        return Located.Nothing;
    }
}

/// <summary>A secret of the format at <paramref name="Rank"/> in <see cref="SecretFormats.All"/>, or its weaker kind.</summary>
internal sealed record Claim(int Rank, SecretFormat Format, long Start, int Length, bool IsVerified)
{
    public long End => Start + Length;

    /// <summary>The secret as it may be shown, where it was kept.</summary>
    public string Mask { get; init; } = SecretMask.Hidden;

#if NET
    public TextPosition? Position { get; init; }
#endif

    /// <summary>Orders claims by position; of those that share text the one whose format stands first in the table stays.</summary>
    public static void RemoveOverlaps(List<Claim> claims)
    {
        claims.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Rank.CompareTo(b.Rank));
        int kept = 0;
        for (int i = 0; i < claims.Count; i++)
        {
            var claim = claims[i];
            bool overlaps = kept > 0 && claims[kept - 1].End > claim.Start;
            if (overlaps && claim.Rank >= claims[kept - 1].Rank)
                continue;
            claims[overlaps ? kept - 1 : kept++] = claim;
        }

        claims.RemoveRange(kept, claims.Count - kept);
    }
}
