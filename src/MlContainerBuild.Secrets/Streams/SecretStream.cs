#if NET
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MlContainerBuild.Secrets;

/// <summary>A secret found in a file.</summary>
/// <param name="Offset">Index of its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Position">Line and column; null in a binary file.</param>
/// <param name="Mask">The secret as it may be shown.</param>
/// <param name="IsVerified">Whether a checksum of the provider proves that this is no made-up sample.</param>
internal sealed record LocatedSecret(SecretFormat Format, long Offset, int Length, TextPosition? Position, string Mask, bool IsVerified)
{
    /// <summary>What messages call it, such as <c>Hugging Face user token</c>.</summary>
    public string Name => Format.Name;

    public SecretConfidence Confidence => Format.Confidence;
}

/// <summary>What the scan of a file found.</summary>
/// <param name="IsBinary">Whether the file is no text: its secrets have no line.</param>
/// <param name="IsCapped">Whether something was passed over because there was too much of it; a host says so.</param>
internal sealed record SecretScanResult(IReadOnlyList<LocatedSecret> Secrets, bool IsBinary, bool IsCapped);

/// <summary>
/// Finds secrets in a file of any size: UTF-8 text, UTF-16 text with a byte order mark, and binary files, in which UTF-16
/// strings (the literals of a managed assembly) are looked for as well. Throws only what the stream throws.
/// </summary>
internal static class SecretStream
{
    /// <summary>After so many secrets the rest of a file is not read: it is a corpus of secrets, not a leak.</summary>
    public const int MaxSecrets = 1000;

    private const int BinaryCheck = 8 * 1024;

    public static SecretScanResult Scan(Stream stream, CancellationToken cancellation = default)
    {
        using var scanner = new PieceScanner();
        int read = stream.ReadAtLeast(scanner.Free, BinaryCheck, throwOnEndOfStream: false);
        var start = scanner.Free.Slice(0, read);
        return start switch
        {
            [0xFF, 0xFE, ..] => ScanUtf16(stream, start, bigEndian: false, cancellation),
            [0xFE, 0xFF, ..] => ScanUtf16(stream, start, bigEndian: true, cancellation),
            _ => ScanBytes(stream, scanner, read, cancellation),
        };
    }

    private static SecretScanResult ScanBytes(Stream stream, PieceScanner scanner, int read, CancellationToken cancellation)
    {
        using var wide = new WideStrings();
        bool isBinary = scanner.Free.Slice(0, Math.Min(read, BinaryCheck)).Contains((byte)0);
        bool hasMark = scanner.Free.Slice(0, read).StartsWith("\uFEFF"u8);
        scanner.Position = isBinary ? null : hasMark ? new(1, 0) : TextPosition.Start;
        for (long offset = 0; read > 0 && scanner.Claims.Count < MaxSecrets; read = stream.Read(scanner.Free))
        {
            cancellation.ThrowIfCancellationRequested();
            wide.Scan(scanner.Free.Slice(0, read), offset);
            scanner.Scan(read);
            offset += read;
        }

        scanner.End();
        wide.Close();
        return Result([.. scanner.Claims, .. wide.Claims], isBinary, scanner.IsCapped || wide.IsCapped || read > 0);
    }

    private static SecretScanResult ScanUtf16(Stream stream, ReadOnlySpan<byte> start, bool bigEndian, CancellationToken cancellation)
    {
        // The mark is one unit that no editor counts as a column.
        using var scanner = new PieceScanner { Position = new(1, 0) };
        byte[] piece = new byte[PieceScanner.PieceSize];
        start.CopyTo(piece);
        int length = start.Length, read = length;
        for (; read > 0 && scanner.Claims.Count < MaxSecrets; read = stream.Read(piece.AsSpan(length)), length += read)
        {
            cancellation.ThrowIfCancellationRequested();
            var units = MemoryMarshal.Cast<byte, ushort>(piece.AsSpan(0, length));
            if (bigEndian)
                BinaryPrimitives.ReverseEndianness(units, units);
            AsciiText.Narrow(MemoryMarshal.Cast<ushort, char>(units), scanner.Free);
            scanner.Scan(units.Length);
            piece.AsSpan(units.Length * 2, length & 1).CopyTo(piece);
            length &= 1;
        }

        scanner.End();
        return Result(scanner.Claims.ConvertAll(static claim => claim with { Start = claim.Start * 2, Length = claim.Length * 2 }), isBinary: false, scanner.IsCapped || read > 0);
    }

    private static SecretScanResult Result(List<Claim> claims, bool isBinary, bool isCapped)
    {
        Claim.RemoveOverlaps(claims);
        var secrets = claims.Take(MaxSecrets).Select(static claim => new LocatedSecret(claim.Format, claim.Start, claim.Length, claim.Position, claim.Mask, claim.IsVerified));
        return new([.. secrets], isBinary, isCapped || claims.Count > MaxSecrets);
    }
}
#endif
