#if NET
namespace MlContainerBuild.Secrets;

/// <summary>
/// For each of four byte positions, and for the low and the high half of a byte, the set of buckets that may hold it. A bucket
/// is possible at four bytes of text if it is in all eight sets; that is true for every literal in it, and for some other text.
/// </summary>
internal sealed class BucketTable
{
    public const int Buckets = 16, Positions = 4;

    private readonly byte[] sets = new byte[Buckets / 8 * Positions * 2 * 16];

    /// <summary>Sixteen sets of eight buckets each, for shuffles: [bucket / 8][position][low, high][half byte].</summary>
    public ReadOnlySpan<byte> Sets => sets;

    public void Add(Literal literal, LiteralPlace place)
    {
        for (int position = 0; position < Positions; position++)
        {
            int index = place.Offset + position;
            for (int half = 0; half < 16; half++)
            {
                bool any = index >= literal.Text.Length;
                char c = any ? '\0' : literal.Text[index];
                bool eitherCase = !any && literal.IgnoreCase && char.IsAsciiLetter(c);
                if (any || half == (c & 15))
                    Low(place.Bucket, position)[half] |= (byte)(1 << (place.Bucket & 7));
                if (any || half == c >> 4 || (eitherCase && half == (c ^ 0x20) >> 4))
                    High(place.Bucket, position)[half] |= (byte)(1 << (place.Bucket & 7));
            }
        }
    }

    /// <summary>The buckets possible at four bytes of text, the first in the lowest byte: bit n for bucket n.</summary>
    public int PossibleAt(uint bytes)
    {
        int possible = 0;
        for (int group = 0; group < Buckets; group += 8)
        {
            int here = 0xFF;
            for (int position = 0; position < Positions; position++)
            {
                int value = (int)(bytes >> (position * 8)) & 0xFF;
                here &= Low(group, position)[value & 15] & High(group, position)[value >> 4];
            }

            possible |= here << group;
        }

        return possible;
    }

    private Span<byte> Low(int bucket, int position) => sets.AsSpan((((bucket >> 3) * Positions) + position) * 32, 16);

    private Span<byte> High(int bucket, int position) => sets.AsSpan(((((bucket >> 3) * Positions) + position) * 32) + 16, 16);
}
#endif
