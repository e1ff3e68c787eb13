using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class FloatingTagRuleTests
{
    [Theory]
    [InlineData("latest")]
    [InlineData("Latest")]
    [InlineData("main")]
    [InlineData("latest-gpu")]
    [InlineData("gpu-latest")]
    public void FloatingTag_IsInformation(string tag)
        => FindingAssert.SingleAtBothMoments(Good.WithTags(tag), "MLC3043", Severity.Info);

    [Fact]
    public void TwoFloatingTags_AreOneFinding()
        => FindingAssert.SingleAtBothMoments(Good.WithTags("latest", "stable"), "MLC3043", Severity.Info);

    [Fact]
    public void DefaultOfTheSdk_SaysSo()
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithDefaultTag(), "MLC3043", Severity.Info);

        Assert.StartsWith("No tag is set, so the SDK publishes as 'latest', ", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.0.0")]
    [InlineData("20261207")]
    [InlineData("main-4d9439b")]
    [InlineData("1.0.0", "latest")]
    public void LastingTag_DoesNotTrigger(params string[] tags) => FindingAssert.NoneAtBothMoments(Good.WithTags(tags));

    [Fact]
    public void NoTagKnown_DoesNotTrigger() => FindingAssert.NoneAtBothMoments(Good.WithTags());
}
