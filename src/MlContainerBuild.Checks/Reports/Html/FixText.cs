using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>
/// Shows what a message quotes as code: values between single quotes, elements of a project file, and the command after
/// "Run:". One click selects such a piece. A command or element that ends the text gets a line of its own.
/// </summary>
internal static class FixText
{
    private const string RunPrefix = "Run: ";

    public static Markup Render(string message)
    {
        // Whole, before it is cut into pieces: what makes a secret one may stand beside it.
        string text = SecretMask.Redact(message.Length > MarkupText.LongestText ? message[..MarkupText.LongestText] : message);
        var parts = new List<Markup>();
        int prose = 0;
        for (int i = 0; i < text.Length;)
        {
            if (Code(text, i) is not (int start, int length, int next))
            {
                i++;
                continue;
            }

            parts.Add(Markup.Of($"{text[prose..i]}"));
            string code = text.Substring(start, length);
            bool isLast = text.AsSpan(next).TrimEnd().TrimEnd('.').IsEmpty;
            bool isPasted = isLast && code.Length > 24 && (code[0] == '<' || code.Contains(' ', StringComparison.Ordinal));
            parts.Add(isPasted ? Markup.Of($"""<code class="paste">{code}</code>""") : Markup.Of($"<code>{code}</code>"));
            i = prose = isPasted ? text.Length : next;
        }

        parts.Add(Markup.Of($"{text[prose..]}"));
        return Markup.Of($"{parts}");
    }

    /// <summary>The code that begins at a position, and where the text goes on.</summary>
    private static (int Start, int Length, int Next)? Code(string text, int at) => text[at] switch
    {
        '\'' => Quoted(text, at),
        '<' => Element(text, at),
        _ when at >= RunPrefix.Length && text.AsSpan(0, at).EndsWith(RunPrefix, StringComparison.Ordinal) => Command(text, at),
        _ => null,
    };

    private static (int, int, int)? Quoted(string text, int at)
    {
        bool opens = at == 0 || text[at - 1] is ' ' or '(' or '\n';
        for (int end = text.IndexOf('\'', at + 1); opens && end > at + 1; end = text.IndexOf('\'', end + 1))
        {
            if (end + 1 == text.Length || text[end + 1] is ' ' or ',' or '.' or ';' or ':' or ')' or '?' or '\n')
                return (at + 1, end - at - 1, end + 1);
        }

        return null;
    }

    private static (int, int, int)? Element(string text, int at)
    {
        int nameEnd = at + 1;
        while (nameEnd < text.Length && char.IsAsciiLetter(text[nameEnd]))
            nameEnd++;

        if (nameEnd == at + 1 || nameEnd == text.Length || !char.IsAsciiLetterUpper(text[at + 1]))
            return null;

        string ending = text[nameEnd] == '>' ? $"</{text[(at + 1)..nameEnd]}>" : "/>";
        int end = text.IndexOf(ending, nameEnd, StringComparison.Ordinal);
        return end < 0 ? null : (at, end + ending.Length - at, end + ending.Length);
    }

    private static (int, int, int)? Command(string text, int at)
    {
        int end = text.TrimEnd().TrimEnd('.').Length;
        return end > at ? (at, end - at, text.Length) : null;
    }
}
