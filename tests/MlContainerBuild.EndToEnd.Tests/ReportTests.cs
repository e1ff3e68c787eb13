using System.Text.Json.Nodes;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>What a publish leaves for people and for the steps after it (docs/reports.md).</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task APublishHandsItsImageOver_AndAStoppedOneTakesTheHandOverBack()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "handover").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"));
        string reports = Path.Combine(project.Directory, "reports");
        string toReports = $"-p:MlContainerReportDirectory={reports}";

        BuildResult published = await project.PublishContainerAsync(toReports);

        Assert.True(published.Succeeded, published.Output);
        Assert.Equal(["image.json", "report.html", "report.sarif", "verdict.intoto.json", "verdict.json"], Files());
        JsonNode image = Read("image.json");
        string digest = (string)image["digest"]!;
        Assert.Equal($"{laboratory.Registry.Address}/{project.Repository}@{digest}", (string?)image["reference"]);
        Assert.Equal("passed", (string?)image["verdict"]);
        JsonNode platform = Assert.Single(image["platforms"]!.AsArray())!;
        Assert.Equal((digest, "linux/amd64", "1654"), ((string?)platform["digest"], (string?)platform["platform"], (string?)platform["user"]));
        Assert.Equal(laboratory.Base("aspnet:10.0").Split('@')[1], (string?)image["base"]!["digest"]);
        Assert.Equal(digest, "sha256:" + (string)Read("verdict.intoto.json")["subject"]![0]!["digest"]!["sha256"]!);
        string page = File.ReadAllText(Path.Combine(reports, "report.html"));
        Assert.Contains("<h1>Checked and published</h1>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"anatomy\"", page, StringComparison.Ordinal);

        BuildResult stopped = await project.PublishContainerAsync(toReports, "-p:ContainerUser=root");

        Assert.False(stopped.Succeeded);
        Assert.Equal(["report.html", "report.sarif"], Files());
        Assert.Contains("<h1>Publish stopped</h1>", File.ReadAllText(Path.Combine(reports, "report.html")), StringComparison.Ordinal);

        IEnumerable<string> Files() => Directory.GetFiles(reports).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

        JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(reports, name)))!;
    }
}
