namespace MlContainerBuild.Checks.Projects;

/// <summary>Where the parts of a tag stand in well-formed XML.</summary>
internal static class ProjectTag
{
    /// <summary>The <c>&gt;</c> of the tag that begins at <paramref name="start"/>; one in an attribute does not count.</summary>
    public static int End(string text, int start)
    {
        char quote = '\0';
        for (int i = start; ; i++)
        {
            char c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '>')
                return i;
        }
    }

    /// <summary>Behind the last attribute, or behind the name.</summary>
    public static int AttributesEnd(string text, int start)
    {
        int end = End(text, start);
        int last = text[end - 1] == '/' ? end - 1 : end;
        return start + text.AsSpan(start, last - start).TrimEnd(" \t\r\n").Length;
    }

    /// <summary>An attribute with its name and quotes; null without it.</summary>
    public static (int Start, int End)? Attribute(string text, int start, string name)
    {
        int end = End(text, start);
        int i = start;
        while (i < end)
        {
            // A name follows white space; a value is passed whole.
            if (char.IsWhiteSpace(text[i]) && text.AsSpan(i + 1).StartsWith(name, StringComparison.Ordinal))
            {
                int equals = i + 1 + name.Length;
                while (char.IsWhiteSpace(text[equals]))
                    equals++;
                if (text[equals] == '=')
                {
                    int open = equals + 1;
                    while (char.IsWhiteSpace(text[open]))
                        open++;
                    return (i + 1, text.IndexOf(text[open], open + 1) + 1);
                }
            }

            i = text[i] is '"' or '\'' ? text.IndexOf(text[i], i + 1) + 1 : i + 1;
        }

        return null;
    }

    /// <summary>What to put before a sibling: the line end and white space before the tag, or nothing where it begins no line.</summary>
    public static string Indentation(string text, int start)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, start);
        int line = before.TrimEnd(" \t").Length;
        if (line == 0 || text[line - 1] is not '\n')
            return " ";

        return (line > 1 && text[line - 2] == '\r' ? "\r\n" : "\n") + text[line..start];
    }
}
