using System.Xml.Linq;

using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports.Html;

/// <summary>What holds for every page: it can be read by a machine, a keyboard and a screen reader, and does nothing.</summary>
public sealed class HtmlStructureTests
{
    public static TheoryData<string> Reports => ["Published", "Clean", "Stopped", "Bare"];

    [Theory]
    [MemberData(nameof(Reports))]
    public void ThePageHasOneOfEachLandmarkAndATitle(string name)
    {
        HtmlPage page = Page(name);

        Assert.All(["header", "nav", "main", "footer", "h1"], element => page.Only(element));
        Assert.NotEmpty(page.Title);
        Assert.Equal("en", (string?)page.Root.Attribute("lang"));
        Assert.StartsWith("<!DOCTYPE html>\n", page.Source, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void HeadingsDoNotSkipALevel(string name)
    {
        int[] levels = [.. Page(name).Root.Descendants().Select(element => element.Name.LocalName).Where(tag => tag is ['h', >= '1' and <= '6']).Select(tag => tag[1] - '0')];

        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.Second} follows h{pair.First}"));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void IdsAreUniqueAndEveryReferenceToOneIsKept(string name)
    {
        HtmlPage page = Page(name);
        string[] ids = [.. page.Root.Descendants().Attributes("id").Select(id => id.Value)];
        IEnumerable<string> references = page.All("a").Select(link => link.Attribute("href")!.Value).Where(link => link.StartsWith('#')).Select(link => link[1..])
            .Concat(page.Root.Descendants().Attributes("aria-labelledby").Select(reference => reference.Value));

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(references, reference => Assert.Contains(reference, ids));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void TablesHaveHeadersForColumnsAndRows(string name)
    {
        Assert.All(Page(name).All("table"), table =>
        {
            Assert.All(table.Element("thead")!.Descendants("th"), header => Assert.Equal("col", (string?)header.Attribute("scope")));
            Assert.All(table.Elements("tbody").Elements("tr"), row => Assert.True((string?)row.Elements().First().Attribute("scope") is "row" or "rowgroup"));
            int columns = table.Element("thead")!.Descendants().Count(cell => cell.Name.LocalName is "th" or "td");
            Assert.All(table.Elements("tbody").Elements("tr"), row => Assert.Equal(columns, row.Elements().Sum(cell => (int?)cell.Attribute("colspan") ?? 1)));
        });
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void DrawingsAreDescribedOrDecoration(string name) =>
        Assert.All(Page(name).All("svg"), svg => Assert.True(
            (string?)svg.Attribute("aria-hidden") == "true" || svg.Ancestors().Any(parent => (string?)parent.Attribute("aria-hidden") == "true")
                || ((string?)svg.Attribute("role") == "img" && ((string?)svg.Attribute("aria-label"))?.Length > 10),
            svg.ToString()));

    [Theory]
    [MemberData(nameof(Reports))]
    public void NothingInThePageRunsOrLoads(string name)
    {
        HtmlPage page = Page(name);
        XElement[] elements = [.. page.Root.DescendantsAndSelf()];

        string[] forbidden = ["script", "link", "img", "iframe", "object", "embed", "form", "base", "audio", "video", "input", "button"];
        Assert.DoesNotContain(elements, element => forbidden.Contains(element.Name.LocalName));
        Assert.DoesNotContain(elements.Attributes(), attribute =>
            attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name.LocalName is "style" or "src" or "srcset" or "action" or "ping");
        Assert.All(page.All("a").Attributes("href"), link => Assert.Matches("^(#[a-z-]+|https://github\\.com/mlcontainerbuild/mlcontainerbuild/.+)$", link.Value));
        Assert.DoesNotContain("url(", page.Only("style").Value, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page.Only("style").Value, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void ThePolicyOfThePageAllowsItsOwnStyleSheetAndNothingElse()
    {
        HtmlPage page = Page("Published");
        XElement policy = Assert.Single(page.All("meta"), meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy");

        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{HtmlPage.Sha256(page.Only("style").Value)}'; base-uri 'none'; form-action 'none'",
            (string?)policy.Attribute("content"));
        Assert.True(policy.IsBefore(page.Only("style")), "The policy must stand before what it governs.");
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void TheSamePageIsWrittenTwice(string name) => Assert.Equal(Page(name).Source, Page(name).Source);

    [Theory]
    [InlineData("Published", "findings", "anatomy", "settings", "rules")]
    [InlineData("Bare", "findings")]
    public void TheWayThroughThePageNamesTheSectionsThatAreThere(string name, params string[] sections)
    {
        HtmlPage page = Page(name);

        Assert.Equal(sections.Select(section => "#" + section), page.Only("nav").Descendants("a").Select(link => link.Attribute("href")!.Value));
        Assert.Equal(sections, page.All("section").Select(section => section.Attribute("id")!.Value));
    }

    private static HtmlPage Page(string name) => HtmlPage.Of(name switch
    {
        "Published" => SampleReports.Published,
        "Clean" => SampleReports.Clean,
        "Stopped" => SampleReports.Stopped,

        // What is known when the very first check fails.
        _ => new PublishReport { ProjectPath = SampleReports.Project, PackageVersion = "0.1.0", Findings = [] },
    });
}
