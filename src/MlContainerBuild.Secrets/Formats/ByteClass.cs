namespace MlContainerBuild.Secrets;

/// <summary>A set of ASCII characters. Bytes of 128 and above are in no set.</summary>
internal readonly struct ByteClass
{
    private readonly ulong low;
    private readonly ulong high;

    private ByteClass(ulong low, ulong high) => (this.low, this.high) = (low, high);

    public static ByteClass Word { get; } = Parse("A-Za-z0-9_");

    public static ByteClass Alphanumeric { get; } = Parse("A-Za-z0-9");

    public static ByteClass Base64 { get; } = Parse("A-Za-z0-9+/");

    public static ByteClass Base64Url { get; } = Parse("A-Za-z0-9_-");

    public static ByteClass Hex { get; } = Parse("0-9A-Fa-f");

    public static ByteClass Digit { get; } = Parse("0-9");

    /// <summary>Reads what stands between the brackets of a character class: characters and ranges; a hyphen at the end is itself.</summary>
    public static ByteClass Parse(string ranges)
    {
        ulong low = 0, high = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            int first = ranges[i], last = first;
            if (i + 2 < ranges.Length && ranges[i + 1] == '-')
            {
                last = ranges[i + 2];
                i += 2;
            }

            for (int c = first; c <= last; c++)
            {
                if (c < 64)
                    low |= 1UL << c;
                else
                    high |= 1UL << (c - 64);
            }
        }

        return new(low, high);
    }

    public bool Contains(byte value) => value < 128 && ((value < 64 ? low : high) >> (value & 63) & 1) != 0;

    public bool Contains(ByteClass other) => (other.low & ~low) == 0 && (other.high & ~high) == 0;

    public bool IsAnyIn(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (Contains(value))
                return true;
        }

        return false;
    }

    public static ByteClass operator |(ByteClass left, ByteClass right) => new(left.low | right.low, left.high | right.high);

    /// <summary>The index of the first byte from <paramref name="start"/> on that is not in the set, at most <paramref name="end"/>.</summary>
    public int RunEnd(ReadOnlySpan<byte> bytes, int start, int end)
    {
        end = Math.Min(end, bytes.Length);
        int i = start;
        while (i < end && Contains(bytes[i]))
            i++;
        return i;
    }

    /// <summary>The index of the first byte of the run that ends before <paramref name="end"/>, at least <paramref name="start"/>.</summary>
    public int RunStart(ReadOnlySpan<byte> bytes, int end, int start)
    {
        int i = end;
        while (i > Math.Max(start, 0) && Contains(bytes[i - 1]))
            i--;
        return i;
    }
}
