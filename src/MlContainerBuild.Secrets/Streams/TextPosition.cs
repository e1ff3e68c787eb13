#if NET
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlContainerBuild.Secrets;

/// <summary>A place in a text: line and column from 1, the column in UTF-16 code units as editors and SARIF count.</summary>
internal readonly record struct TextPosition(int Line, int Column)
{
    public static TextPosition Start => new(1, 1);

    /// <summary>The place behind <paramref name="text"/>, which is UTF-8 that starts here.</summary>
    public TextPosition After(ReadOnlySpan<byte> text)
    {
        int lastBreak = text.LastIndexOf((byte)'\n');
        return lastBreak < 0
            ? this with { Column = Column + CodeUnits(text) }
            : new(Line + text.Slice(0, lastBreak + 1).Count((byte)'\n'), 1 + CodeUnits(text.Slice(lastBreak + 1)));
    }

    /// <summary>One for each first byte of a character, two for those of four bytes (surrogate pairs).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // tiering would leave the first megabytes to unoptimised code
    private static int CodeUnits(ReadOnlySpan<byte> text)
    {
        int count = 0, i = 0;
        for (; i <= text.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var bytes = Vector256.Create(text.Slice(i));
            count += BitOperations.PopCount(Vector256.GreaterThan(bytes.AsSByte(), Vector256.Create((sbyte)-65)).ExtractMostSignificantBits());
            count += BitOperations.PopCount(Vector256.GreaterThanOrEqual(bytes, Vector256.Create((byte)0xF0)).ExtractMostSignificantBits());
        }

        for (; i < text.Length; i++)
            count += (text[i] is < 0x80 or >= 0xC0 ? 1 : 0) + (text[i] >= 0xF0 ? 1 : 0);
        return count;
    }
}
#endif
