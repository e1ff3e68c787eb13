namespace MlContainerBuild.Secrets;

/// <summary>A name with its value in a text; positions in it.</summary>
internal readonly record struct NamedValue(string Name, int ValueStart, int ValueLength)
{
    public int ValueEnd => ValueStart + ValueLength;
}

/// <summary>
/// Finds settings in command lines, scripts and messages: <c>NAME=value</c>, <c>name: value</c>, <c>"name": "value"</c>,
/// <c>--name value</c>, <c>--name=value</c>, <c>settings["name"] = "value"</c>.
/// </summary>
internal static class NamedValueReader
{
    private const int MaxNameLength = 80;

    public static IEnumerable<NamedValue> Read(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (!IsNameCharacter(text[at]))
                continue;
            int end = at;
            while (end < text.Length && IsNameCharacter(text[end]))
                end++;
            string name = end - at <= MaxNameLength ? text.Substring(at, end - at).TrimStart('-') : "";
            bool isOption = text[at] == '-' && name.Length > 1;
            at = end;
            int value = name.Length == 0 ? -1 : ValueStart(text, end, isOption);
            if (value < 0)
                continue;
            int valueEnd = ValueEnd(text, ref value);
            if (valueEnd == value)
                continue;
            if (EndsInName(text, value, valueEnd))
            {
                at = value - 1;
                continue;
            }

            yield return new(name, value, valueEnd - value);
            at = valueEnd - 1;
        }
    }

    private static int ValueStart(string text, int nameEnd, bool isOption)
    {
        int at = nameEnd;
        if (at < text.Length && text[at] is '"' or '\'')
            at++;
        if (at < text.Length && text[at] == ']')
            at++;
        int blanks = at;
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        if (at < text.Length && text[at] is '=' or ':')
        {
            bool isUri = string.CompareOrdinal(text, at, "://", 0, 3) == 0;
            at++;
            while (at < text.Length && text[at] is ' ' or '\t')
                at++;
            return isUri || at == text.Length ? -1 : at;
        }

        return isOption && at > blanks && at < text.Length && text[at] != '-' ? at : -1;
    }

    private static int ValueEnd(string text, ref int start)
    {
        char quote = text[start];
        if (quote is '"' or '\'')
        {
            start++;
            int close = text.IndexOf(quote, start);
            return close < 0 ? text.Length : close;
        }

        int end = start;
        while (end < text.Length && text[end] is not (' ' or '\t' or '\r' or '\n' or '"' or '\'' or ';' or '|' or '&' or ')'))
            end++;
        return end;
    }

    /// <summary>The value in <c>client = Client(api_key="…")</c> is a call, and holds the next name.</summary>
    private static bool EndsInName(string text, int start, int end) =>
        end < text.Length && text[end] is '"' or '\'' && text[end - 1] == '=' && text.IndexOf('(', start, end - start) >= 0;

    private static bool IsNameCharacter(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-' or '.';
}
