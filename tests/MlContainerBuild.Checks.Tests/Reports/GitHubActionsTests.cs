using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports;

public class GitHubActionsTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    [Fact]
    public void StepSummary_ShowsTheVerdictAndEachFinding()
    {
        PublishReport report = MadeReport.Of(MadeReport.Floating(), MadeReport.Root(), MadeReport.CSharp() with { Suppression = new Suppression(SuppressionKind.InSource, "known") }) with { IsBaseImageInspected = true };
        AssertSummary(report, """
            ### MlContainerBuild: src/My Api/Api.csproj

            **1 finding stops the publish; nothing has been pushed.** Found: 1 error, 1 note; 1 suppressed.

            - Checked: container settings by 19 rules
            - Checked: C\# of 1 of 1 assemblies

            | Severity | Rule | Where | What |
            |---|---|---|---|
            | Error | [MLC3010](https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/rules/MLC3010.md) | src/My Api/Api.csproj:7 | The image runs as root. Set it. |
            | Info | [MLC3043](https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/rules/MLC3043.md) | src/My Api/Api.csproj | The tag floats. |
            | Warning (suppressed) | [MLC2001](https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/rules/MLC2001.md) | src/My Api/Program.cs:4 | The options are built but never applied. |

            """);
    }

    [Fact]
    public void StepSummary_ShowsTheDigest()
    {
        PublishReport report = MadeReport.Of() with { Checked = [], Images = [new PublishedImage("registry.example/team/my_api", ["1.0"], Digest)] };
        AssertSummary(report, $"""
            ### MlContainerBuild: src/My Api/Api.csproj

            **The publish has passed.** Found: nothing.

            - Pushed to the registry: registry.example/team/my\_api:1.0
            - Digest: registry.example/team/my\_api&#64;{Digest}


            """);
    }

    [Fact]
    public void StepSummary_CannotBeForgedByAValue()
    {
        Finding finding = MadeReport.Root() with { Message = "Label 'a|b\n\n# <img src=x> [x](javascript:y) `@team` \\| & *z*' is odd.", Fix = "" };
        string row = GitHubActions.ToStepSummary(MadeReport.Of(finding)).Split('\n')[^2].TrimEnd('\r');
        Assert.EndsWith("| Label 'a\\|b  \\# &lt;img src=x> \\[x\\](javascript:y) \\`&#64;team\\` \\\\\\| &amp; \\*z\\*' is odd. |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void StepSummary_IsBounded()
    {
        string text = GitHubActions.ToStepSummary(MadeReport.Of([.. Enumerable.Range(1, 5000).Select(MadeReport.Root)]));
        Assert.EndsWith($"4800 more are in the SARIF report.{Environment.NewLine}", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1000, 200_000);
    }

    [Fact]
    public void Output_NamesImageAndDigest()
    {
        PublishReport report = MadeReport.Of() with { Images = [new PublishedImage("registry.example/team/api", ["1.0", "latest"], Digest)] };
        Assert.Equal($"image=registry.example/team/api\ndigest={Digest}\n", GitHubActions.ToOutput(report));
    }

    [Fact]
    public void Output_OfSeveralImages_HasALineEach()
    {
        PublishReport report = MadeReport.Of() with { Images = [new PublishedImage("registry.example/a", [], Digest), new PublishedImage("registry.example/b", [], Digest), new PublishedImage("c", [], null)] };
        Assert.Equal($"image<<MLCONTAINER\nregistry.example/a\nregistry.example/b\nMLCONTAINER\ndigest<<MLCONTAINER\n{Digest}\n{Digest}\nMLCONTAINER\n", GitHubActions.ToOutput(report));
    }

    [Fact]
    public void Output_CannotBeForgedByAValue()
    {
        PublishReport report = MadeReport.Of() with { Images = [new PublishedImage("a\nMLCONTAINER\npath=/evil", [], Digest)] };
        Assert.Equal($"image<<MLCONTAINER_\na\nMLCONTAINER\npath=/evil\nMLCONTAINER_\ndigest={Digest}\n", GitHubActions.ToOutput(report));
    }

    [Fact]
    public void Output_WithoutDigest_IsEmpty() => Assert.Equal("", GitHubActions.ToOutput(MadeReport.Of() with { Images = [new PublishedImage("api", ["latest"], null)] }));

    // A later step that runs in spite of the failure must find nothing to sign or to deploy.
    [Fact]
    public void Output_OfAnImageThatHasNotPassed_IsEmptyExceptInAnAudit()
    {
        PublishReport failed = MadeReport.Of(MadeReport.Root()) with { Images = [new PublishedImage("registry.example/team/api", ["1.0"], Digest)] };

        Assert.Equal("", GitHubActions.ToOutput(failed));
        Assert.StartsWith("image=registry.example/team/api", GitHubActions.ToOutput(failed with { IsAudit = true }), StringComparison.Ordinal);
    }

    private static void AssertSummary(PublishReport report, string expected) => Assert.Equal(expected.ReplaceLineEndings(), GitHubActions.ToStepSummary(report));
}
