using System.Text.RegularExpressions;
using System.Xml.Linq;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>The public surface stands in one place each, and that place is true.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void PropertiesOfReadme_AreThoseOfTheTargets()
    {
        string readme = File.ReadAllText(Repository.PathOf("README.md"));
        int begin = readme.IndexOf("<!-- properties", StringComparison.Ordinal);
        int end = readme.IndexOf("<!-- /properties", StringComparison.Ordinal);

        Assert.Equal(
            PropertiesOf(Directory.GetFiles(Repository.PathOf("src/MlContainerBuild/build"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)),
            TableRow().Matches(readme[begin..end]).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void MetadataOfReadme_IsThatOfTheItemDefinition()
    {
        string readme = File.ReadAllText(Repository.PathOf("README.md"));
        int begin = readme.IndexOf("<!-- items", StringComparison.Ordinal);
        int end = readme.IndexOf("<!-- /items", StringComparison.Ordinal);
        XElement model = XDocument.Load(Repository.PathOf("src/MlContainerBuild/build/MlContainerBuild.Models.targets")).Root!.Element("ItemDefinitionGroup")!.Element("MlContainerModel")!;

        Assert.Equal(
            model.Elements().Select(metadata => metadata.Name.LocalName).Order(StringComparer.Ordinal),
            MetadataRow().Matches(readme[begin..end]).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AuditExemptsEveryRuleFromWarningsAsErrors()
    {
        string targets = File.ReadAllText(Repository.PathOf("src/MlContainerBuild/build/MlContainerBuild.targets"));
        string list = ExemptedCodes().Match(targets).Groups[1].Value;

        Assert.Equal(RuleCatalog.All.Select(rule => rule.Id), list.Split(';'));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadSomewhere(string page)
    {
        string path = Repository.PathOf(page);
        IEnumerable<string> broken = Link().Matches(File.ReadAllText(path))
            .Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(link => link.Length > 0 && !link.Contains("://", StringComparison.Ordinal))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, link)));

        Assert.Empty(broken);
    }

    public static TheoryData<string> Pages =>
        [.. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" }.Concat(
            Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.Root, file)))];

    private static IEnumerable<string> PropertiesOf(IEnumerable<string> texts) =>
        texts.SelectMany(text => PropertyUse().Matches(text).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\$\((MlContainer[A-Za-z]+)[).]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PropertyUse();

    [GeneratedRegex(@"^\| `(MlContainer[A-Za-z]+)` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^\| `([A-Za-z0-9]+)` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetadataRow();

    [GeneratedRegex(@"<MSBuildWarningsNotAsErrors>\$\(MSBuildWarningsNotAsErrors\);([^<]*)<", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExemptedCodes();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
