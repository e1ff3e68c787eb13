using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports;

public class PublishSummaryTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    [Fact]
    public void CleanPublish_SaysWhereTheImageWent()
    {
        PublishReport report = MadeReport.Of() with { Images = [new PublishedImage("registry.example/team/api", ["1.0", "latest"], Digest)] };
        AssertText(report, $"""
            Api: The publish has passed.
              Checked: container settings by 19 rules; C# of 1 of 1 assemblies
              Found: nothing
              Pushed to the registry: registry.example/team/api:1.0, registry.example/team/api:latest
              Digest: registry.example/team/api@{Digest}
              Report: /repo/src/My Api/obj/report.html
            """);
        Assert.Equal("", PublishSummary.ToTrailer(report));
    }

    [Fact]
    public void ImageInTheDaemon_IsNotCalledPushed()
    {
        PublishReport report = MadeReport.Of() with { Images = [new PublishedImage("api", ["latest"], Digest: null)], Checked = [], SarifPath = null };
        AssertText(report, """
            Api: The publish has passed.
              Found: nothing
              Loaded into the local daemon, not pushed: api:latest
            """);
    }

    [Fact]
    public void Archive_IsNotCalledPushed()
    {
        PublishReport report = MadeReport.Of() with { Images = [new PublishedImage("/out/api.tar", [], Digest: null)], Checked = [], SarifPath = null };
        AssertText(report, """
            Api: The publish has passed.
              Found: nothing
              Written to an archive, not pushed: /out/api.tar
            """);
    }

    [Fact]
    public void StoppedPublish_SaysThatMoreMayFollow()
    {
        PublishReport report = MadeReport.Of(MadeReport.Root(), MadeReport.Root(), MadeReport.CSharp(), MadeReport.Floating(), MadeReport.Floating() with { Suppression = new Suppression(SuppressionKind.External, "known") });
        Assert.Equal(
            "2 findings stop the publish; nothing has been pushed. The base image has not been inspected yet: that happens once these are solved, and may find more. Found: 2 errors, 1 warning, 1 note; 1 suppressed. Report: /repo/src/My Api/obj/report.html",
            PublishSummary.ToTrailer(report));
        Assert.Equal(
            "2 findings stop the publish; nothing has been pushed. Found: 2 errors, 1 warning, 1 note; 1 suppressed.",
            PublishSummary.ToTrailer(report with { IsBaseImageInspected = true, SarifPath = null }));
    }

    [Fact]
    public void Audit_SaysHowManyWouldFail()
    {
        PublishReport report = MadeReport.Of(MadeReport.Root(), MadeReport.CSharp()) with { IsAudit = true, FailOn = Severity.Warning, SarifPath = null };
        Assert.Equal("Audit: 2 findings would fail the publish. Found: 1 error, 1 warning.", PublishSummary.ToTrailer(report));
    }

    [Fact]
    public void WarningAlone_StopsNothing()
    {
        PublishReport report = MadeReport.Of(MadeReport.CSharp()) with { SarifPath = null };
        Assert.Equal("Nothing stands in the way of the publish. Found: 1 warning.", PublishSummary.ToTrailer(report));
    }

    [Fact]
    public void LineBreakInAValue_IsNoLineOfOurs()
    {
        PublishReport report = MadeReport.Of() with { Checked = ["a\r\n  Digest: forged"], SarifPath = null };
        AssertText(report, """
            Api: Nothing stands in the way of the publish.
              Checked: a    Digest: forged
              Found: nothing
            """);
    }

    private static void AssertText(PublishReport report, string expected) => Assert.Equal(expected.ReplaceLineEndings(), PublishSummary.ToText(report));
}
