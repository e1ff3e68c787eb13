namespace MlContainerBuild.Secrets;

/// <summary>
/// Text in which something is put for every letter and digit when it is used: <c>{password}$</c>, <c>&lt;user&gt;:&lt;password&gt;</c>,
/// <c>%(password)s</c>. Letters of its own make it a value, as in <c>aB3{x}</c>.
/// </summary>
internal static class TemplateText
{
    // Of string formats: C's and Python's, with a position or a length.
    private static readonly ByteClass Conversions = ByteClass.Parse("sdvqxfiuc");

    private static readonly ByteClass Positions = ByteClass.Parse("0-9$.-");

    public static bool Is(string value)
    {
        bool any = false;
        for (int at = 0; at < value.Length;)
        {
            int end = PlaceholderEnd(value, at);
            if (end < 0 && char.IsLetterOrDigit(value[at]))
                return false;
            any |= end > 0;
            at = end < 0 ? at + 1 : end;
        }

        return any;
    }

    /// <summary>The end of the placeholder that starts at <paramref name="at"/>; -1 without one.</summary>
    private static int PlaceholderEnd(string value, int at) => value[at] switch
    {
        '{' => Enclosed(value, at, '}'),
        '<' => Enclosed(value, at, '>'),
        '[' => Enclosed(value, at, ']'),
        '@' => Enclosed(value, at, '@'),
        '$' when Next(value, at) is '{' or '(' => Enclosed(value, at + 1, Next(value, at) == '{' ? '}' : ')'),
        '$' => Variable(value, at),
        '%' when Next(value, at) == '(' => Enclosed(value, at + 1, ')') is > 0 and var name ? Conversion(value, name) : -1,
        '%' => Conversion(value, at + 1) is > 0 and var end ? end : Enclosed(value, at, '%'),
        _ => -1,
    };

    private static char Next(string value, int at) => at + 1 < value.Length ? value[at + 1] : '\0';

    /// <summary>Something that reads like a name or a call between two marks; the inner braces of <c>{{name}}</c> are punctuation.</summary>
    private static int Enclosed(string value, int open, char mark)
    {
        int close = value.IndexOf(mark, open + 1);
        if (close < open + 2)
            return -1;
        for (int i = open + 1; i < close; i++)
        {
            if (!(char.IsLetterOrDigit(value[i]) || value[i] is '_' or '-' or '.' or ':' or ' ' or '{' or '(' or ')'))
                return -1;
        }

        return close + 1;
    }

    /// <summary><c>$DB_PASSWORD</c>, <c>$password</c>, <c>$env:PASSWORD</c>; not <c>$ecret!</c>, which people choose.</summary>
    private static int Variable(string value, int at)
    {
        int start = string.CompareOrdinal(value, at, "$env:", 0, "$env:".Length) == 0 ? at + "$env:".Length : at + 1, end = start;
        while (end < value.Length && value[end] < 0x80 && ByteClass.Word.Contains((byte)value[end]))
            end++;
        string name = value.Substring(start, end - start);
        return name.Length > 0 && !char.IsDigit(name[0]) && (!name.Any(char.IsLower) || CredentialName.Judge(name) != CredentialKind.None) ? end : -1;
    }

    private static int Conversion(string value, int at)
    {
        while (at < value.Length && value[at] < 0x80 && Positions.Contains((byte)value[at]))
            at++;
        return at < value.Length && value[at] < 0x80 && Conversions.Contains((byte)value[at]) && !(at + 1 < value.Length && char.IsLetterOrDigit(value[at + 1])) ? at + 1 : -1;
    }
}
