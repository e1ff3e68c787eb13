using MlContainerBuild.Checks.Reports;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Reports;

public sealed class ReportFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void APublishedImage_HasEveryFile() =>
        Assert.Equal(["image.json", "report.html", "verdict.intoto.json", "verdict.json"], FilesAfter(SampleReports.Published));

    [Fact]
    public void AStoppedPublish_LeavesNothingOfAnEarlierOneToBeSignedOrDeployed()
    {
        FilesAfter(SampleReports.Published);

        Assert.Equal(["report.html"], FilesAfter(SampleReports.Stopped));
    }

    [Fact]
    public void BetweenTheGateAndThePush_NothingSpeaksOfAnEarlierImage()
    {
        FilesAfter(SampleReports.Published);

        ReportFolder.Clear(folder.Path);
        ReportFolder.Clear(Path.Combine(folder.Path, "missing"));

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void APublishedImageThatWasRefused_HasAVerdictAndIsNotHandedOver() =>
        Assert.Equal(["report.html", "verdict.intoto.json", "verdict.json"], FilesAfter(SampleReports.Stopped with { Images = SampleReports.Published.Images }));

    [Fact]
    public void AnAudit_HandsTheImageOverWithItsVerdict()
    {
        Assert.Equal(
            ["image.json", "report.html", "verdict.intoto.json", "verdict.json"],
            FilesAfter(SampleReports.Stopped with { IsAudit = true, Images = SampleReports.Published.Images }));
        Assert.Contains("\"verdict\": \"failed\"", File.ReadAllText(Path.Combine(folder.Path, "image.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageWithoutADigest_HasNoStatementAboutOne()
    {
        FilesAfter(SampleReports.Published);

        Assert.Equal(
            ["image.json", "report.html", "verdict.json"],
            FilesAfter(SampleReports.Published with { Images = [new PublishedImage("iris-api", ["1.4.0"], Digest: null)] }));
    }

    public void Dispose() => folder.Dispose();

    private IEnumerable<string> FilesAfter(PublishReport report)
    {
        ReportFolder.Write(report, folder.Path);
        return Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
    }
}
