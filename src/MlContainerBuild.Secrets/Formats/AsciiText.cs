#if NET
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace MlContainerBuild.Secrets;

/// <summary>Text whose words of interest are ASCII.</summary>
internal static class AsciiText
{
    // Not in UTF-8 at all, and a character of its own to whoever counts characters by their first bytes.
    private const byte Other = 0xC1;

    /// <summary>One byte a character, so that positions stay: what is not ASCII becomes a byte that no format contains.</summary>
#if NET
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // tiering would leave the first megabytes to unoptimised code
#endif
    public static void Narrow(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int i = 0;
#if NET
        for (; i <= text.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var units = MemoryMarshal.Cast<char, ushort>(text.Slice(i, Vector256<byte>.Count));
            var low = Vector256.Min(Vector256.Create(units), Vector256.Create((ushort)Other));
            var high = Vector256.Min(Vector256.Create(units.Slice(Vector256<ushort>.Count)), Vector256.Create((ushort)Other));
            Vector256.Narrow(low, high).CopyTo(bytes.Slice(i));
        }
#endif
        for (; i < text.Length; i++)
            bytes[i] = text[i] < Other ? (byte)text[i] : Other;
    }

    /// <summary>Whether the text holds the word, given in lower case, in either case.</summary>
    public static bool Contains(ReadOnlySpan<byte> text, string word)
    {
        for (int i = 0; i + word.Length <= text.Length; i++)
        {
            if (StartsWith(text.Slice(i), word))
                return true;
        }

        return false;
    }

    /// <summary>Whether the text starts with the word, given in lower case, in either case.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> text, string word)
    {
        if (text.Length < word.Length)
            return false;
        for (int i = 0; i < word.Length; i++)
        {
            if ((text[i] is >= (byte)'A' and <= (byte)'Z' ? text[i] | 0x20 : text[i]) != word[i])
                return false;
        }

        return true;
    }
}
