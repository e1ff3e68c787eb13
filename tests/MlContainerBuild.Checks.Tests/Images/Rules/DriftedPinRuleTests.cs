using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Rules;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class DriftedPinRuleTests
{
    private static readonly ImageReference Pinned = new("registry.example", "team/base", "1.2", Digest);
    private static readonly ContainerIntent Intent = Good.AtIntent().Intent;

    [Fact]
    public void OtherDigest_TriggersAndNamesBothAndTheCommand()
    {
        string moved = "sha256:" + new string('b', 64);

        Finding? finding = DriftedPinRule.Check(Intent, Pinned, Pinned with { Digest = moved });

        Assert.NotNull(finding);
        Assert.Equal(("MLC3006", Severity.Info), (finding.Rule.Id, finding.Severity));
        Assert.Equal(
            $"The tag 'registry.example/team/base:1.2' points to {moved} now, and {Digest} is pinned: the image is built without what has been repaired in its base since.",
            finding.Message);
        Assert.Equal("Run: dotnet build \"/src/Iris/Iris.csproj\" -t:MlContainerPin", finding.Fix);
        Assert.Equal(new ValueSource.Property("ContainerBaseImage"), finding.Source);
    }

    [Fact]
    public void SameDigest_DoesNotTrigger() => Assert.Null(DriftedPinRule.Check(Intent, Pinned, Pinned with { }));

    // A pull by digest does not depend on what a tag points to.
    [Fact]
    public void Publish_DoesNotAsk() => Assert.DoesNotContain("MLC3006", ContainerRules.RuleIds);
}
