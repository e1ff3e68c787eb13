using System.Globalization;
using System.Security;
using System.Text;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>How the rules write values, origins and edits into their messages, each of which is shown on one line.</summary>
internal static class MessageText
{
    // Room for an image reference with its digest.
    private const int LongestShown = 200;

    private const int LongestPasted = 2000;

    /// <summary>
    /// A value between quotes: on one line, without characters that a terminal or a log would act on, shortened, and with
    /// whatever looks like a secret masked.
    /// </summary>
    public static string Quote(string value) => $"'{Plain(value, LongestShown)}'";

    /// <summary>As <see cref="Quote"/>, without the quotes.</summary>
    public static string Plain(string value) => Plain(value, LongestShown);

    /// <summary>As <see cref="Plain(string)"/>, but whole: an edit or a command that is cut short is none.</summary>
    public static string Whole(string value) => Plain(value, LongestPasted);

    /// <summary>"The base image 'x' (step 7 of 12)", "The project" and so on, to begin a sentence with.</summary>
    public static string Origin(ValueSource source) => source switch
    {
        ValueSource.BaseImage inherited => $"The base image {Quote(inherited.Image)}{Step(inherited)}",
        ValueSource.Sdk => "The .NET SDK",
        _ => "The project",
    };

    /// <summary>Whether the project itself set the value, so that its author can edit it.</summary>
    public static bool IsOwn(this ValueSource source) => source is not (ValueSource.BaseImage or ValueSource.Sdk);

    /// <summary>A property element to paste into the project.</summary>
    public static string Property(string name, string value) => $"<{name}>{Escape(value)}</{name}>";

    /// <summary>A <c>ContainerEnvironmentVariable</c> item to paste into the project.</summary>
    public static string Variable(string name, string value) =>
        $"""<ContainerEnvironmentVariable Include="{Escape(name)}" Value="{Escape(value)}" />""";

    /// <summary>
    /// How to give a variable another value: edit the project's item, or add one, which replaces what the base image sets.
    /// </summary>
    public static string SetVariable(Setting variable, string value) => variable.Source.IsOwn()
        ? $"Set {Variable(variable.Name, value)}."
        : $"Override it in the project: {Variable(variable.Name, value)}.";

    private static string Step(ValueSource.BaseImage inherited) =>
        inherited.HistoryStep is null ? "" : $" ({Plain(inherited.HistoryStep, LongestShown)})";

    private static string Escape(string value) => SecurityElement.Escape(Whole(value));

    private static string Plain(string value, int longest)
    {
        value = SecretMask.Redact(value);
        bool isShortened = value.Length > longest;
        var text = new StringBuilder();
        foreach (Rune rune in (isShortened ? value.AsSpan(0, longest) : value).EnumerateRunes())
        {
            text.Append(IsHarmless(rune) ? rune.ToString() : "\uFFFD");
        }

        return isShortened ? text.Append('…').ToString() : text.ToString();
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
