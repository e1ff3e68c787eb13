using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Tests.Documentation;

public sealed class SecretTableTests
{
    private const string Begin = "<!-- secrets: begin -->\n";
    private const string End = "<!-- secrets: end -->";

    [Fact]
    public void Table_ListsEveryFormat()
    {
        string expected = "| Secret | What proves it | Source of the form |\n|---|---|---|\n" + string.Concat(
            SecretFormats.All.OrderBy(format => format.Name, StringComparer.OrdinalIgnoreCase).ThenBy(format => format.Id, StringComparer.Ordinal).Select(Line));
        string[] parts = Repository.Read("docs", "secrets.md").Split([Begin, End], StringSplitOptions.None);

        Assert.Equal(3, parts.Length);
        Assert.True(parts[1] == expected, $"Put this between the markers of docs/secrets.md:\n{expected}");
    }

    private static string Line(SecretFormat format)
    {
        string proof = format switch
        {
            { Checksum: not null } => "its form; a checksum makes it certain",
            { Confidence: SecretConfidence.Structural } => "its form",
            _ => "the words around it, or less than full access",
        };
        string source = Uri.IsWellFormedUriString(format.Source, UriKind.Absolute) ? $"<{format.Source}>" : format.Source;
        return $"| {format.Name} (`{format.Id}`) | {proof} | {source} |\n";
    }
}
