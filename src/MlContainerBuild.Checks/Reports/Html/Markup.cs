using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>
/// HTML that may be written as it is. It is made of templates only: <c>Markup.Of($"&lt;td&gt;{value}&lt;/td&gt;")</c> escapes
/// every text it is given, so that no value, whoever set it, ends an element or an attribute.
/// </summary>
internal sealed class Markup
{
    private readonly string text;

    private Markup(string text) => this.text = text;

    public static Markup Empty { get; } = new("");

    public bool IsEmpty => text.Length == 0;

    /// <summary>Holes take text (escaped), numbers, https links and other markup. A hole in an attribute stands between double quotes.</summary>
    public static Markup Of(MarkupTemplate template) => new(template.ToString());

    /// <summary>The markup when the condition holds, else nothing: then the holes are not even evaluated.</summary>
    public static Markup If(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] MarkupTemplate template) =>
        condition ? Of(template) : Empty;

    /// <summary>A text of ours that is markup already: the style sheet.</summary>
    public static Markup Trusted(string markup) => new(markup);

    /// <summary>A text cut to a length that suits its place.</summary>
    public static Markup Text(string? value, int longest)
    {
        var builder = new StringBuilder();
        MarkupText.AppendTo(builder, value, longest);
        return new Markup(builder.ToString());
    }

    public override string ToString() => text;
}

/// <summary>Collects a template: literal parts are ours, holes are not.</summary>
[InterpolatedStringHandler]
internal readonly ref struct MarkupTemplate
{
    private readonly StringBuilder builder;

    public MarkupTemplate(int literalLength, int formattedCount) => builder = new StringBuilder(literalLength + (16 * formattedCount));

    public MarkupTemplate(int literalLength, int formattedCount, bool condition, out bool isEvaluated)
        : this(condition ? literalLength : 0, condition ? formattedCount : 0) => isEvaluated = condition;

    public void AppendLiteral(string literal) => builder.Append(literal);

    public void AppendFormatted(string? text) => MarkupText.AppendTo(builder, text, MarkupText.LongestText);

    public void AppendFormatted(Markup markup) => builder.Append(markup.ToString());

    public void AppendFormatted(IEnumerable<Markup> markup)
    {
        foreach (Markup part in markup)
            builder.Append(part.ToString());
    }

    public void AppendFormatted(long number) => builder.Append(number.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>A coordinate of a drawing.</summary>
    public void AppendFormatted(double number) => builder.Append(number.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>A link that leaves the page goes to a web site, never to a script.</summary>
    public void AppendFormatted(Uri link) =>
        MarkupText.AppendTo(builder, link.Scheme == Uri.UriSchemeHttps ? link.AbsoluteUri : "about:blank", MarkupText.LongestText);

    public override string ToString() => builder.ToString();
}
