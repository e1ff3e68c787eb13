#if NET
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlContainerBuild.Secrets;

/// <summary>
/// Finds every occurrence of every literal with vector instructions. Each literal is represented by four of its bytes (three
/// for a literal of three) and put into one of sixteen buckets; a table per byte position says, for the low and for the high
/// half of a byte, which buckets it may belong to, so that one shuffle answers for 32 bytes of text at once. Where all eight
/// answers of a bucket agree the bytes are a candidate: a hash of three of them finds the literals to compare.
/// </summary>
/// <remarks>
/// The idea is Teddy of Intel's Hyperscan. What makes it fast with many literals is the choice of the four bytes and of the
/// bucket, which <see cref="LiteralTable"/> holds and a program beside the tests computes.
/// </remarks>
internal sealed class LiteralScanner
{
    /// <summary>Bytes behind the end of the text that must be readable; their content does not matter.</summary>
    public const int Slack = 96;

    private const int HashBits = 13, Compared = 16;

    private readonly BucketTable buckets = new();
    private readonly ushort[] heads = new ushort[1 << HashBits];
    private readonly Entry[] entries;
    private readonly IReadOnlyList<Literal> literals;
    private readonly int longest;

    public LiteralScanner(IReadOnlyList<Literal> literals, IReadOnlyList<LiteralPlace> places)
    {
        this.literals = literals;
        entries = new Entry[literals.Count + 1];
        for (int id = 0; id < literals.Count; id++)
        {
            Add(id, literals[id], places[id]);
            longest = Math.Max(longest, literals[id].Text.Length);
        }
    }

    /// <summary>
    /// Adds each occurrence in the first <paramref name="end"/> bytes that ends behind <paramref name="searched"/>: what ends
    /// before was reported when those bytes were searched. The order is that of the chosen bytes.
    /// </summary>
    public void Find(ReadOnlySpan<byte> buffer, int searched, int end, List<LiteralHit> hits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, buffer.Length - Slack);
        if (Vector256.IsHardwareAccelerated && Avx2.IsSupported)
            Find256(buffer, searched, end, hits);
        else
            Find128(buffer, searched, end, hits);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // tiering would leave the first megabytes to unoptimised code
    internal void Find128(ReadOnlySpan<byte> buffer, int searched, int end, List<LiteralHit> hits)
    {
        ref byte text = ref MemoryMarshal.GetReference(buffer);
        ref byte t = ref MemoryMarshal.GetReference(buckets.Sets);
        Vector128<byte> a0 = Vector128.LoadUnsafe(ref t, 0), A0 = Vector128.LoadUnsafe(ref t, 16), a1 = Vector128.LoadUnsafe(ref t, 32), A1 = Vector128.LoadUnsafe(ref t, 48);
        Vector128<byte> a2 = Vector128.LoadUnsafe(ref t, 64), A2 = Vector128.LoadUnsafe(ref t, 80), a3 = Vector128.LoadUnsafe(ref t, 96), A3 = Vector128.LoadUnsafe(ref t, 112);
        Vector128<byte> b0 = Vector128.LoadUnsafe(ref t, 128), B0 = Vector128.LoadUnsafe(ref t, 144), b1 = Vector128.LoadUnsafe(ref t, 160), B1 = Vector128.LoadUnsafe(ref t, 176);
        Vector128<byte> b2 = Vector128.LoadUnsafe(ref t, 192), B2 = Vector128.LoadUnsafe(ref t, 208), b3 = Vector128.LoadUnsafe(ref t, 224), B3 = Vector128.LoadUnsafe(ref t, 240);
        for (int i = Math.Max(0, searched - longest); i < end; i += 32)
        {
            var low = Vector128<byte>.AllBitsSet;
            Vector128<byte> high = low, nextLow = low, nextHigh = low;
            ref byte at = ref Unsafe.Add(ref text, i);
            Filter(ref at, a0, A0, b0, B0, ref low, ref high);
            Filter(ref Unsafe.Add(ref at, 1), a1, A1, b1, B1, ref low, ref high);
            Filter(ref Unsafe.Add(ref at, 2), a2, A2, b2, B2, ref low, ref high);
            Filter(ref Unsafe.Add(ref at, 3), a3, A3, b3, B3, ref low, ref high);
            Filter(ref Unsafe.Add(ref at, 16), a0, A0, b0, B0, ref nextLow, ref nextHigh);
            Filter(ref Unsafe.Add(ref at, 17), a1, A1, b1, B1, ref nextLow, ref nextHigh);
            Filter(ref Unsafe.Add(ref at, 18), a2, A2, b2, B2, ref nextLow, ref nextHigh);
            Filter(ref Unsafe.Add(ref at, 19), a3, A3, b3, B3, ref nextLow, ref nextHigh);
            low |= high;
            nextLow |= nextHigh;
            if ((low | nextLow) == Vector128<byte>.Zero)
                continue;
            uint none = Vector128.Equals(low, Vector128<byte>.Zero).ExtractMostSignificantBits()
                | (Vector128.Equals(nextLow, Vector128<byte>.Zero).ExtractMostSignificantBits() << 16);
            Compare(~none, buffer, i, searched, end, hits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Find256(ReadOnlySpan<byte> buffer, int searched, int end, List<LiteralHit> hits)
    {
        ref byte text = ref MemoryMarshal.GetReference(buffer);
        Vector256<byte> a0 = Twice(0), A0 = Twice(1), a1 = Twice(2), A1 = Twice(3), a2 = Twice(4), A2 = Twice(5), a3 = Twice(6), A3 = Twice(7);
        Vector256<byte> b0 = Twice(8), B0 = Twice(9), b1 = Twice(10), B1 = Twice(11), b2 = Twice(12), B2 = Twice(13), b3 = Twice(14), B3 = Twice(15);
        for (int i = Math.Max(0, searched - longest); i < end; i += 64)
        {
            var low = Vector256<byte>.AllBitsSet;
            Vector256<byte> high = low, nextLow = low, nextHigh = low;
            ref byte at = ref Unsafe.Add(ref text, i);
            Filter(ref at, a0, A0, b0, B0, ref low, ref high);
            Filter(ref Unsafe.Add(ref at, 1), a1, A1, b1, B1, ref low, ref high);
            Filter(ref Unsafe.Add(ref at, 2), a2, A2, b2, B2, ref low, ref high);
            Filter(ref Unsafe.Add(ref at, 3), a3, A3, b3, B3, ref low, ref high);
            Filter(ref Unsafe.Add(ref at, 32), a0, A0, b0, B0, ref nextLow, ref nextHigh);
            Filter(ref Unsafe.Add(ref at, 33), a1, A1, b1, B1, ref nextLow, ref nextHigh);
            Filter(ref Unsafe.Add(ref at, 34), a2, A2, b2, B2, ref nextLow, ref nextHigh);
            Filter(ref Unsafe.Add(ref at, 35), a3, A3, b3, B3, ref nextLow, ref nextHigh);
            low |= high;
            nextLow |= nextHigh;
            if ((low | nextLow) == Vector256<byte>.Zero)
                continue;
            ulong none = Vector256.Equals(low, Vector256<byte>.Zero).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(nextLow, Vector256<byte>.Zero).ExtractMostSignificantBits() << 32);
            Compare(~none, buffer, i, searched, end, hits);
        }
    }

    /// <summary>Keeps of the buckets still possible at each byte those that allow the text's byte at this position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Filter(ref byte at, Vector128<byte> a, Vector128<byte> A, Vector128<byte> b, Vector128<byte> B, ref Vector128<byte> first, ref Vector128<byte> second)
    {
        var value = Vector128.LoadUnsafe(ref at);
        var low = value & Vector128.Create((byte)15);
        var high = value >>> 4;
        first &= Vector128.ShuffleNative(a, low) & Vector128.ShuffleNative(A, high);
        second &= Vector128.ShuffleNative(b, low) & Vector128.ShuffleNative(B, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Filter(ref byte at, Vector256<byte> a, Vector256<byte> A, Vector256<byte> b, Vector256<byte> B, ref Vector256<byte> first, ref Vector256<byte> second)
    {
        var value = Vector256.LoadUnsafe(ref at);
        var low = value & Vector256.Create((byte)15);
        var high = value >>> 4;
        first &= Avx2.Shuffle(a, low) & Avx2.Shuffle(A, high);
        second &= Avx2.Shuffle(b, low) & Avx2.Shuffle(B, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Compare(ulong candidates, ReadOnlySpan<byte> buffer, int start, int searched, int end, List<LiteralHit> hits)
    {
        do
        {
            int at = start + BitOperations.TrailingZeroCount(candidates);
            int entry = heads[Hash(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(buffer), at)))];
            if (entry != 0)
                Compare(entry, buffer, at, searched, end, hits);
            candidates &= candidates - 1;
        }
        while (candidates != 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Compare(int entry, ReadOnlySpan<byte> buffer, int at, int searched, int end, List<LiteralHit> hits)
    {
        while (entry != 0)
        {
            ref readonly var e = ref entries[entry];
            int id = entry - 1, start = at - e.Offset;
            entry = e.Next;
            if (start < 0 || start + e.Length > end || start + e.Length <= searched)
                continue;
            ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetReference(buffer), start);
            ulong x = Unsafe.ReadUnaligned<ulong>(ref first), y = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, 8));
            bool equal = ((((x | e.Fold0) ^ e.Value0) & e.Mask0) | (((y | e.Fold1) ^ e.Value1) & e.Mask1)) == 0;
            if (equal && (e.Length <= Compared || literals[id].IsAt(buffer, start)))
                hits.Add(new(start, id));
        }
    }

    private void Add(int id, Literal literal, LiteralPlace place)
    {
        string text = literal.Text;
        ref var e = ref entries[id + 1];
        e.Length = text.Length;
        e.Offset = place.Offset;
        for (int i = 0; i < Math.Min(text.Length, Compared); i++)
        {
            ulong fold = literal.IgnoreCase && char.IsAsciiLetter(text[i]) ? 0x20UL : 0;
            int shift = (i & 7) * 8;
            if (i < 8)
                (e.Value0, e.Mask0, e.Fold0) = (e.Value0 | ((text[i] | fold) << shift), e.Mask0 | (0xFFUL << shift), e.Fold0 | (fold << shift));
            else
                (e.Value1, e.Mask1, e.Fold1) = (e.Value1 | ((text[i] | fold) << shift), e.Mask1 | (0xFFUL << shift), e.Fold1 | (fold << shift));
        }

        uint hash = Hash((uint)(text[place.Offset] | (text[place.Offset + 1] << 8) | (text[place.Offset + 2] << 16)));
        e.Next = heads[hash];
        heads[hash] = (ushort)(id + 1);
        buckets.Add(literal, place);
    }

    /// <summary>One half of a table for eight buckets, for both lanes of a 256-bit shuffle.</summary>
    private Vector256<byte> Twice(int table)
    {
        var half = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(buckets.Sets), (nuint)(table * 16));
        return Vector256.Create(half, half);
    }

    // The case bit is set in all three bytes: a little less selective, and right for literals that ignore case.
    private static uint Hash(uint bytes) => (((bytes & 0xFFFFFF) | 0x202020) * 0x9E3779B1u) >> (32 - HashBits);

    private struct Entry
    {
        public ulong Value0, Mask0, Fold0, Value1, Mask1, Fold1;
        public int Length, Offset, Next;
    }
}
#endif
