namespace MlContainerBuild.Secrets;

/// <summary>Shannon's measure over the characters of a value; random base64 of 40 characters has about 4.9 bits each, English 3.</summary>
internal static class Entropy
{
    public static double BitsPerByte(ReadOnlySpan<byte> value)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (byte b in value)
            counts[b]++;
        return Bits(counts, value.Length);
    }

    public static double BitsPerCharacter(ReadOnlySpan<char> value)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (char c in value)
            counts[(byte)c]++;
        return Bits(counts, value.Length);
    }

    private static double Bits(Span<int> counts, int total)
    {
        double bits = 0;
        foreach (int count in counts)
        {
            if (count > 0)
                bits -= count * Math.Log((double)count / total, 2);
        }

        return total == 0 ? 0 : bits / total;
    }
}
