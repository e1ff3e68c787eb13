namespace MlContainerBuild.Secrets;

/// <summary>A value in quotes within a connection string: <c>Pwd='a;b'</c>, <c>Server="db"</c>. A quote within is doubled.</summary>
internal static class QuotedValue
{
    /// <summary>The index behind the closing quote of the value that starts at <paramref name="open"/>; -1 where none does.</summary>
    /// <param name="outer">The quote round the whole connection string, which cannot be one within; 0 without.</param>
    public static int End(ReadOnlySpan<byte> text, int open, byte outer)
    {
        if (open >= text.Length || !IsQuote(text[open]) || text[open] == outer || !FollowsEquals(text, open))
            return -1;
        for (int i = open + 1; i < text.Length; i++)
        {
            if (text[i] is < (byte)' ' or >= 0x7F || (text[i] == outer && outer != 0))
                return -1;
            if (text[i] != text[open])
                continue;
            bool isDoubled = i + 1 < text.Length && text[i + 1] == text[open];
            if (!isDoubled)
                return i + 1 == text.Length || Closes(text[i + 1]) ? i + 1 : -1;
            i++;
        }

        return -1;
    }

    /// <summary>The opening quote of the value whose closing one stands before <paramref name="end"/>; -1 where none does.</summary>
    public static int Start(ReadOnlySpan<byte> text, int end, int limit)
    {
        if (end >= text.Length || !IsQuote(text[end - 1]) || !Closes(text[end]))
            return -1;
        int open = text.Slice(limit, end - 1 - limit).LastIndexOf(text[end - 1]) + limit;
        return open > limit && End(text.Slice(0, end), open, outer: 0) == end ? open : -1;
    }

    private static bool IsQuote(byte value) => value is (byte)'"' or (byte)'\'';

    private static bool Closes(byte next) => next is (byte)';' or (byte)' ' or (byte)',' or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'<' or (byte)'\\' or < (byte)' ';

    private static bool FollowsEquals(ReadOnlySpan<byte> text, int at)
    {
        while (at > 0 && text[at - 1] == ' ')
            at--;
        return at > 0 && text[at - 1] == '=';
    }
}
