namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>A page of docs/rules, as far as the tests compare it with the code.</summary>
internal sealed class RulePage
{
    private readonly string[] lines;

    private RulePage(string text) => lines = text.Split('\n');

    public static RulePage Read(string id) => new(Repository.Read("docs", "rules", id + ".md"));

    /// <summary>The heading without the id.</summary>
    public string Title => lines[0].Split(": ", 2) is [_, string title] ? title : "";

    public string Heading => lines[0];

    public IEnumerable<string> Sections => lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal));

    /// <summary>The value of a row of the table at the top; null without the row.</summary>
    public string? Row(string name) =>
        lines.Select(line => line.Split('|', StringSplitOptions.TrimEntries)).FirstOrDefault(cells => cells.Length == 4 && cells[1] == name)?[2];

    /// <summary>The fenced blocks of a section.</summary>
    public IEnumerable<Example> Examples(string section)
    {
        string? language = null;
        var text = new List<string>();
        foreach (string line in lines.SkipWhile(line => line != "## " + section).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)))
        {
            if (language is null && line.StartsWith("```", StringComparison.Ordinal))
            {
                language = line[3..];
            }
            else if (line == "```" && language is not null)
            {
                yield return new Example(language, string.Join('\n', text));
                language = null;
                text.Clear();
            }
            else if (language is not null)
            {
                text.Add(line);
            }
        }
    }
}

/// <param name="Language">What stands behind the opening fence, such as <c>xml</c>.</param>
internal sealed record Example(string Language, string Text);
