using System.Globalization;
using System.Text.RegularExpressions;
using MlContainerBuild.Secrets.Tests;

namespace MlContainerBuild.Analyzers.Tests.Documentation;

/// <summary>A page of docs/rules, as far as the tests compare it with the code.</summary>
internal sealed partial class RulePage
{
    private readonly string[] lines;

    private RulePage(string text) => lines = text.ReplaceLineEndings("\n").Split('\n');

    public static RulePage Read(string id) => new(Repository.Read("docs", "rules", id + ".md"));

    public string Title => lines[0];

    public IEnumerable<string> Headings => lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal));

    /// <summary>The value of a row of the table at the top; null without the row.</summary>
    public string? Row(string name) =>
        lines.Select(line => line.Split('|', StringSplitOptions.TrimEntries)).FirstOrDefault(cells => cells.Length == 4 && cells[1] == name)?[2];

    /// <summary>The C# blocks under a heading.</summary>
    public IEnumerable<string> Examples(string heading)
    {
        IEnumerable<string> section = lines
            .SkipWhile(line => line != "## " + heading).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

        List<string>? example = null;
        foreach (string line in section)
        {
            if (line == "```csharp")
            {
                example = [];
            }
            else if (line == "```" && example is not null)
            {
                yield return WithSecrets(string.Join('\n', example));
                example = null;
            }
            else
            {
                example?.Add(line);
            }
        }
    }

    /// <summary>A page shows <c>hf_{34 letters}</c> or <c>BEGIN {key label}</c> where a secret would stand: no file of this repository holds one.</summary>
    private static string WithSecrets(string example) => Filler().Replace(
        example.Replace("{key label}", "PRIVATE KEY", StringComparison.Ordinal),
        match => Made.Random(
            match.Groups[2].Value switch { "letters" => Made.Letters, "hex digits" => Made.HexDigits, _ => Made.Alphanumeric },
            int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\{(\d{1,3}) (letters|characters|hex digits)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Filler();
}
