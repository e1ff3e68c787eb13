#if NET
using System.Buffers;

namespace MlContainerBuild.Secrets;

/// <summary>
/// Scans a text that arrives in pieces, in memory that does not depend on its size. Literals near the end of what has arrived
/// wait until the bytes that may be read round them are there, so that the pieces do not show in the result.
/// </summary>
internal sealed class PieceScanner : IDisposable
{
    /// <summary>With what is kept of the piece before it fills a buffer of the pool, which fits the second-level cache.</summary>
    public const int PieceSize = 120 * 1024;

    private const int Kept = SecretScanner.LookBehind + SecretScanner.LookAhead;

    private readonly byte[] buffer;
    private readonly int pieceSize;
    private readonly HitJudge judge = new();
    private readonly List<LiteralHit> hits = [];
    private int length;
    private int used;
    private long origin;

    /// <param name="pieceSize">The most bytes to arrive at once.</param>
    public PieceScanner(int pieceSize = PieceSize)
    {
        this.pieceSize = pieceSize;
        buffer = ArrayPool<byte>.Shared.Rent(Kept + pieceSize + LiteralSearch.Slack);
    }

    /// <summary>What was found so far, unordered, with overlaps. Positions are in bytes from the start of the text.</summary>
    public List<Claim> Claims { get; } = [];

    /// <summary>The place in the text where the bytes at hand start; null when lines mean nothing.</summary>
    public TextPosition? Position { get; set; }

    public bool IsCapped => judge.IsCapped;

    /// <summary>Where the next piece goes: room for one of the full size.</summary>
    public Span<byte> Free => buffer.AsSpan(length, Math.Min(pieceSize, buffer.Length - LiteralSearch.Slack - length));

    /// <summary>Takes in the bytes written to <see cref="Free"/>.</summary>
    public void Scan(int count)
    {
        int searched = length;
        length += count;
        used = Math.Max(used, length);
        LiteralSearch.Find(buffer, searched, length, hits);
        int ready = length - SecretScanner.LookAhead;
        Judge(ready);
        Discard(Math.Max(0, ready - SecretScanner.LookBehind));
    }

    /// <summary>Judges what waited for more text; what comes next is another text, at <paramref name="next"/>.</summary>
    public void End(long next = 0)
    {
        Judge(length);
        (length, origin) = (0, next);
    }

    public void Dispose()
    {
        // It held text that may hold secrets: the next to rent the buffer need not see them.
        buffer.AsSpan(0, used).Clear();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Judge(int ready)
    {
        if (hits.Count == 0)
            return;
        LiteralHit.Sort(hits);
        int judged = 0;
        while (judged < hits.Count && hits[judged].Start < ready)
        {
            if (judge.Judge(buffer.AsSpan(0, length), hits[judged++], origin) is not { } claim)
                continue;
            int start = (int)(claim.Start - origin);
            Claims.Add(claim with
            {
                Position = Position?.After(buffer.AsSpan(0, start)),
                Mask = SecretMask.Mask(claim.Format, buffer.AsSpan(start, claim.Length)),
            });
        }

        hits.RemoveRange(0, judged);
    }

    private void Discard(int count)
    {
        if (count == 0)
            return;
        Position = Position?.After(buffer.AsSpan(0, count));
        buffer.AsSpan(count, length - count).CopyTo(buffer);
        length -= count;
        origin += count;
        for (int i = 0; i < hits.Count; i++)
            hits[i] = hits[i] with { Start = hits[i].Start - count };
    }
}
#endif
