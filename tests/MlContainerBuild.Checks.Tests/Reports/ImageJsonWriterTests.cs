using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports;

public sealed class ImageJsonWriterTests
{
    [Fact]
    public void TheExampleOfTheDocumentationIsWhatIsWritten() =>
        VerdictWriterTests.AssertJson(VerdictWriterTests.Example("docs", "reports.md"), Image(SampleReports.Published));

    [Theory]
    [InlineData("iris-api", "daemon")]
    [InlineData("/out/iris-api.tar", "archive")]
    public void AnImageThatIsInNoRegistryHasNoDigest(string destination, string kind)
    {
        JsonObject image = Image(SampleReports.Published with { Images = [new PublishedImage(destination, ["1.4.0"], Digest: null)] });

        Assert.Equal((kind, destination), ((string?)image["destination"], (string?)image["name"]));
        Assert.Equal((null, null), ((string?)image["digest"], (string?)image["reference"]));
    }

    [Fact]
    public void WhatIsNotKnownIsNullAndNeverMissing()
    {
        PublishReport report = SampleReports.Published with { BaseImage = null, Platforms = [new PlatformImage { RuntimeIdentifier = "linux-x64" }] };

        JsonObject image = Image(report);

        Assert.Equal(Image(SampleReports.Published).Select(field => field.Key), image.Select(field => field.Key));
        Assert.Null(image["base"]);
        VerdictWriterTests.AssertJson(
            """{ "runtimeIdentifier": "linux-x64", "platform": null, "digest": null, "baseDigest": null, "user": null, "created": null }""",
            image["platforms"]![0]);
    }

    [Fact]
    public void TheUserOfAnImageThatWasNotRehearsedIsNotKnown()
    {
        var settings = new ImageSettings { User = new Setting("ContainerUser", "1654:1654", new ValueSource.Property("ContainerUser")) };
        PublishReport report = SampleReports.Published with { Platforms = [new PlatformImage { RuntimeIdentifier = "linux-x64", Settings = settings }] };

        Assert.Null(Image(report)["platforms"]![0]!["user"]);
    }

    private static JsonObject Image(PublishReport report) => VerdictWriterTests.Parse(stream => ImageJsonWriter.Write(report, report.Images[0], stream));
}
