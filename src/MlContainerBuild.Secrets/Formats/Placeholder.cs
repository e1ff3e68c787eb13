namespace MlContainerBuild.Secrets;

/// <summary>Values that stand where a secret will be: samples, references to variables, text to be replaced.</summary>
internal static class Placeholder
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "your", "example", "sample", "placeholder", "changeme", "dummy", "fake", "test", "testing", "mock", "mocked", "stub", "bogus",
        "insert", "replace", "replaceme", "todo", "fixme", "redacted", "removed", "hidden", "masked", "unused", "none", "null", "undefined",
        "empty", "enter", "here", "foobar", "default", "needed", "required", "notneeded", "localhost", "lmstudio", "studio", "ollama",
        "demo", "some", "value", "string", "goes", "actual", "real", "change", "invalid", "something",
    };

    // Too short to mean anything inside of a random value: they count where there are only letters.
    private static readonly HashSet<string> ShortWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "my", "foo", "bar", "abc", "xyz", "xxx", "the", "put", "set", "add", "not", "api", "key",
    };

    // Found however they are written: CHANGE_ME, "change me", changeMe.
    private static readonly string[] Phrases =
    [
        "changeme", "changethis", "replaceme", "replacethis", "yourpassword", "yourkey", "yourtoken", "yoursecret", "yourapikey", "placeholder", "redacted",
    ];

    /// <summary>Whether a token of the right shape is plainly made up: filled with one of <c>x X 0 *</c>, or saying so.</summary>
    public static bool IsFiller(ReadOnlySpan<byte> token)
    {
        if (token.IndexOf("EXAMPLE"u8) >= 0 || token.IndexOf("example"u8) >= 0)
            return true;
        int fill = 0;
        for (int i = 1; i < token.Length; i++)
            fill += token[i] == token[i - 1] && token[i] is (byte)'x' or (byte)'X' or (byte)'0' or (byte)'*' or (byte)'.' or (byte)'-' or (byte)'_' ? 1 : 0;
        return fill >= 8 && fill * 2 >= token.Length;
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
            || (value.Length > 4 && value.StartsWith("__", StringComparison.Ordinal) && value.EndsWith("__", StringComparison.Ordinal))
            || TemplateText.Is(value);
    }

    /// <summary>Whether words of the value say that it is a sample, as in <c>your-api-key-here</c>, or nothing in it varies.</summary>
    public static bool IsSample(string value)
    {
        if (value.Contains("...") || value.Contains("…") || value.Contains("***") || HasOneCharacter(value) || CountsUp(value))
            return true;

        // Changes of case make words of random letters too, so they count where there are only letters.
        string letters = new([.. value.ToLowerInvariant().Where(char.IsLetter)]);
        bool onlyWords = value.All(static c => char.IsLetter(c) || c is '-' or '_' or ' ' or '.');
        var words = onlyWords ? NameWords.Split(value) : [.. value.Split('-', '_', ' ', '.', ':', '/')];
        return Array.Exists(Phrases, letters.Contains)
            || (letters.StartsWith("your", StringComparison.Ordinal) && letters.Length > 8)
            || words.Exists(Words.Contains)
            || (onlyWords && words.Exists(ShortWords.Contains));
    }

    /// <summary>"abcdefghijklmnopqrstuvwxyz1234567890".</summary>
    private static bool CountsUp(string value)
    {
        int steps = 0;
        for (int i = 1; i < value.Length; i++)
            steps += value[i] == value[i - 1] + 1 ? 1 : 0;
        return steps >= 12 && steps * 10 >= value.Length * 7;
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
