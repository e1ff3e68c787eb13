namespace MlContainerBuild.Secrets;

/// <summary>Values that stand where a secret will be: samples, references to variables, text to be replaced.</summary>
internal static class Placeholder
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "your", "my", "example", "sample", "placeholder", "changeme", "dummy", "fake", "test", "testing", "mock", "stub", "bogus",
        "insert", "replace", "replaceme", "todo", "fixme", "redacted", "removed", "hidden", "masked", "unused", "none", "null",
        "undefined", "empty", "enter", "here", "foo", "bar", "foobar", "default", "needed", "required", "notneeded", "local", "localhost",
        "lmstudio", "ollama", "xxx", "xxxx", "abc", "demo", "some", "the", "value", "string", "goes", "put", "set", "actual", "real",
    };

    /// <summary>Whether a token of the right shape is plainly made up: filled with one of <c>x X 0 *</c>, or counting up.</summary>
    public static bool IsFiller(ReadOnlySpan<byte> token)
    {
        if (token.IndexOf("EXAMPLE"u8) >= 0 || token.IndexOf("example"u8) >= 0)
            return true;
        int fill = 0, steps = 0;
        for (int i = 1; i < token.Length; i++)
        {
            if (token[i] == token[i - 1] && token[i] is (byte)'x' or (byte)'X' or (byte)'0' or (byte)'*' or (byte)'.' or (byte)'-' or (byte)'_')
                fill++;
            else if (token[i] == token[i - 1] + 1)
                steps++;
        }

        return fill >= 8 && fill * 2 >= token.Length || steps >= 12 && steps * 10 >= token.Length * 7;
    }

    /// <summary>Whether the value refers to something that is filled in later: <c>${NAME}</c>, <c>$(NAME)</c>, <c>%NAME%</c>, <c>{{ name }}</c>, <c>&lt;name&gt;</c>, <c>@name</c>.</summary>
    public static bool IsReference(string value)
    {
        if (value.Length == 0)
            return false;
        char first = value[0], last = value[value.Length - 1];
        return value.Contains("${") || value.Contains("$(") || value.Contains("{{") || value.Contains("#{") || value.Contains("<%")
            || (first == '$' && IsName(value, 1, value.Length))
            || (first == '%' && last == '%' && value.Length > 2)
            || (first == '@' && IsName(value, 1, value.Length))
            || (first == '<' && last == '>')
            || (first == '{' && last == '}')
            || (first == '[' && last == ']')
            || (first == '(' && last == ')')
            || (value.Length > 4 && value.StartsWith("__", StringComparison.Ordinal) && value.EndsWith("__", StringComparison.Ordinal));
    }

    /// <summary>Whether words of the value say that it is a sample, as in <c>your-api-key-here</c>, or nothing in it varies.</summary>
    public static bool IsSample(string value)
    {
        if (value.Contains("...") || value.Contains("…") || value.Contains("***") || HasOneCharacter(value))
            return true;
        foreach (string word in NameWords.Split(value))
        {
            if (Words.Contains(word))
                return true;
        }

        return false;
    }

    private static bool HasOneCharacter(string value)
    {
        foreach (char c in value)
        {
            if (c != value[0])
                return false;
        }

        return value.Length > 0;
    }

    private static bool IsName(string value, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (!(value[i] < 0x80 && ByteClass.Word.Contains((byte)value[i])))
                return false;
        }

        return end > start && !char.IsDigit(value[start]);
    }
}
