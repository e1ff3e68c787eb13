using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Operations;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>A name with its value inside of a text: in the query of an address (<c>https://models.example/?api_key=…</c>), in a form, in a JSON object.</summary>
internal readonly struct SettingsInText
{
    private const int ShortestText = 24, LongestText = 16_384;

    private SettingsInText(string name, string value, IOperation literal)
    {
        Name = name;
        Value = value;
        Literal = literal;
    }

    internal string Name { get; }

    internal string Value { get; }

    /// <summary>The literal that the value stands in.</summary>
    internal IOperation Literal { get; }

    /// <summary>Whether the text is one of those that hold settings; most text is neither.</summary>
    internal static bool MayHold(string text) =>
        text.Length is >= ShortestText and <= LongestText
        && (IsForm(text) || (text[0] is 'h' or 'w' && text.IndexOf('?') > 0 && text.IndexOf("://", StringComparison.Ordinal) is > 0 and < 8)
            || (text.TrimStart() is { Length: > 1 } json && json[0] is '{' or '[' && json.IndexOf("\":", StringComparison.Ordinal) > 0));

    /// <summary><c>grant_type=password&amp;password=…</c></summary>
    private static bool IsForm(string text) => text.IndexOf('&') is var next && next > 0 && text.IndexOf('=') is var first && first > 0 && first < next && text.IndexOf(' ') < 0;

    /// <summary>The settings whose values are written in the source.</summary>
    internal static IEnumerable<SettingsInText> Read(KnownText text)
    {
        foreach (NamedValue setting in NamedValueReader.Read(text.Text))
        {
            string value = text.Text.Substring(setting.ValueStart, setting.ValueLength);
            TextPiece piece = text.Pieces.FirstOrDefault(candidate => candidate.IsLiteral && candidate.Start <= setting.ValueStart && setting.ValueEnd <= candidate.End);
            if (piece.Source is not null && value.IndexOf(KnownText.Hole) < 0)
                yield return new SettingsInText(setting.Name, value, piece.Source);
        }
    }
}
