using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Documentation;

public sealed class RuleTableTests
{
    private const string Begin = "<!-- rules: begin -->\n";
    private const string End = "<!-- rules: end -->";

    /// <summary>Titles and severities are the catalogue's; of C# rules their pages', which the analyzers' tests compare with the code.</summary>
    [Fact]
    public void Table_ListsEveryPage()
    {
        string expected = "| Rule | What is wrong | Severity |\n|---|---|---|\n" + string.Concat(Repository.RulePages().Select(Line));
        string text = Repository.Read("docs", "rules", "README.md");
        string[] parts = text.Split([Begin, End], StringSplitOptions.None);

        Assert.Equal(3, parts.Length);
        Assert.True(parts[1] == expected, $"Put this between the markers of docs/rules/README.md:\n{expected}");
    }

    [Fact]
    public void ExamplesOfPolicies_AreValid()
    {
        string[] blocks = Repository.Read("docs", "rules", "README.md").Split("```yaml\n");

        Assert.True(blocks.Length > 1);
        Assert.All(blocks.Skip(1), block => Assert.Empty(PolicyReader.Read("/src/mlcontainer.yaml", block[..block.IndexOf("```", StringComparison.Ordinal)]).Findings));
    }

    private static string Line(string id)
    {
        RulePage page = RulePage.Read(id);
        (string title, string severity) = RuleCatalog.TryGet(id, out Rule rule) ? (rule.Title, rule.Severity.ToString()) : (page.Title, page.Row("Severity")!);
        return $"| [{id}]({id}.md) | {title} | {severity} |\n";
    }
}
