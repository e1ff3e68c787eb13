#if NET
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlContainerBuild.Secrets;

/// <summary>
/// UTF-16 strings in a binary file, such as the literals of a managed assembly. They may start at even or odd offsets, so both
/// readings are scanned, but only where the file has something that looks like UTF-16.
/// </summary>
internal sealed class WideStrings : IDisposable
{
    // A secret cut in two by the end of a piece shows on one side at least; the other side is this far away at most.
    private const int Margin = 64;

    // At even and at odd offsets; none before the first string is seen.
    private PieceScanner[] readings = [];

    private readonly byte[] tail = new byte[Margin];
    private int tailLength;
    private byte lastByte;
    private bool isOpen;
    private bool isContinued;
    private bool wasQuiet;

    public bool IsCapped => readings.Any(static reading => reading.IsCapped);

    /// <summary>What was found, positions and lengths in bytes of the file.</summary>
    public IEnumerable<Claim> Claims =>
        readings.SelectMany(static (reading, oddness) => reading.Claims.Select(claim => claim with { Start = (claim.Start * 2) + oddness, Length = claim.Length * 2 }));

    /// <param name="piece">The next bytes of the file.</param>
    /// <param name="offset">Where they stand in it.</param>
    public void Scan(ReadOnlySpan<byte> piece, long offset)
    {
        bool looksWide = LooksWide(piece);
        if (looksWide && !isOpen)
            Open(offset);
        if (isOpen)
            Read(piece, offset);
        if (isOpen && !looksWide && wasQuiet)
            Close();
        wasQuiet = !looksWide;
        tailLength = Math.Min(Margin, piece.Length);
        piece.Slice(piece.Length - tailLength).CopyTo(tail);
    }

    /// <summary>Judges what waited for more text.</summary>
    public void Close()
    {
        foreach (var reading in readings)
            reading.End();
        isOpen = false;
    }

    public void Dispose()
    {
        foreach (var reading in readings)
            reading.Dispose();
    }

    /// <summary>Whether six ASCII characters in UTF-16 follow one another somewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // tiering would leave the first megabytes to unoptimised code
    internal static bool LooksWide(ReadOnlySpan<byte> bytes)
    {
        int i = bytes.IndexOf((byte)0);
        if (i < 0)
            return false;
        for (; i <= bytes.Length - 64; i += 64)
        {
            ulong zero = Vector256.Equals(Vector256.Create(bytes.Slice(i)), Vector256<byte>.Zero).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(Vector256.Create(bytes.Slice(i + 32)), Vector256<byte>.Zero).ExtractMostSignificantBits() << 32);
            if (Alternates(zero))
                return true;
        }

        ulong rest = 0;
        for (int bit = 0; i + bit < bytes.Length; bit++)
            rest |= (bytes[i + bit] == 0 ? 1UL : 0) << bit;
        return Alternates(rest);
    }

    private static bool Alternates(ulong zero)
    {
        ulong other = ~zero;
        return (zero & (zero >> 2) & (zero >> 4) & (zero >> 6) & (zero >> 8) & (zero >> 10)
            & (other >> 1) & (other >> 3) & (other >> 5) & (other >> 7) & (other >> 9)) != 0;
    }

    private void Open(long offset)
    {
        if (readings.Length == 0)
            readings = [new((PieceScanner.PieceSize / 2) + 1), new((PieceScanner.PieceSize / 2) + 1)];
        isOpen = true;
        isContinued = false;
        long start = offset - tailLength;
        for (int oddness = 0; oddness < readings.Length; oddness++)
            readings[oddness].End((start + FirstUnit(start, oddness)) / 2);
        Read(tail.AsSpan(0, tailLength), start);
    }

    private void Read(ReadOnlySpan<byte> piece, long offset)
    {
        if (piece.IsEmpty)
            return;
        for (int oddness = 0; oddness < readings.Length; oddness++)
        {
            var reading = readings[oddness];
            int first = FirstUnit(offset, oddness), count = 0;
            if (first == 1 && isContinued)
            {
                AsciiText.Narrow([(char)(lastByte | (piece[0] << 8))], reading.Free);
                count = 1;
            }

            var units = MemoryMarshal.Cast<byte, char>(piece.Slice(first));
            AsciiText.Narrow(units, reading.Free.Slice(count));
            reading.Scan(count + units.Length);
        }

        lastByte = piece[^1];
        isContinued = true;
    }

    /// <summary>How many bytes from an offset the next unit starts: none or one.</summary>
    private static int FirstUnit(long offset, int oddness) => (int)((offset ^ oddness) & 1);
}
#endif
