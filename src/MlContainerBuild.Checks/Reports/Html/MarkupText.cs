using System.Globalization;
using System.Text;

using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>
/// Text in HTML, valid between tags and in a quoted attribute, in XHTML too. What a reader could not see, or what would make
/// him see something else, is written out: control characters, marks that turn the direction of writing, zero widths.
/// </summary>
internal static class MarkupText
{
    /// <summary>In characters. Longer than any text of ours.</summary>
    public const int LongestText = 4000;

    // A secret may begin before the cut and end behind it.
    private const int LongestRedacted = 1 << 16;

    // More accents than any script stacks on one letter, fewer than hide the lines around it.
    private const int MostMarks = 4;

    public static void AppendTo(StringBuilder builder, string? value, int longest)
    {
        if (string.IsNullOrEmpty(value))
            return;

        string text = SecretMask.Redact(value.Length > LongestRedacted ? value[..LongestRedacted] : value);
        int marks = 0;
        foreach (Rune rune in text.AsSpan(0, Math.Min(text.Length, longest)).EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (rune.Value is '\t' or '\n' or '\r')
                builder.Append((char)rune.Value);
            else if (marks > MostMarks || IsUnseen(rune, category))
                builder.Append(CultureInfo.InvariantCulture, $"‹U+{rune.Value:X4}›");
            else
                Append(builder, rune);
        }

        if (text.Length > longest)
            builder.Append(CultureInfo.InvariantCulture, $"… ({value.Length:N0} characters)");
    }

    private static void Append(StringBuilder builder, Rune rune) =>
        _ = rune.Value switch
        {
            '&' => builder.Append("&amp;"),
            '<' => builder.Append("&lt;"),
            '>' => builder.Append("&gt;"),
            '"' => builder.Append("&quot;"),
            '\'' => builder.Append("&#39;"),
            _ => builder.Append(rune),
        };

    private static bool IsUnseen(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || (rune.Value & 0xFFFE) == 0xFFFE;
}
