using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class DisabledRequirementChecksRuleTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("t")]
    [InlineData("T")]
    [InlineData("true")]
    [InlineData("True")]
    [InlineData("TRUE")]
    public void WhatGoParsesAsTrue_Triggers(string value)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable("NVIDIA_DISABLE_REQUIRE", value), "MLC3032", Severity.Warning);

        Assert.Equal("Delete that item.", finding.Fix);
    }

    [Fact]
    public void OfTheBase_IsOverridden()
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedVariable("NVIDIA_DISABLE_REQUIRE", "true").AtRehearsal(), "MLC3032", Severity.Warning);

        Assert.Equal("""Override it in the project: <ContainerEnvironmentVariable Include="NVIDIA_DISABLE_REQUIRE" Value="false" />.""", finding.Fix);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("false")]
    [InlineData("yes")]
    [InlineData("tRUE")]
    [InlineData(" true")]
    public void WhatGoDoesNot_DoesNotTrigger(string value)
        => FindingAssert.NoneAtBothMoments(Good.WithVariable("NVIDIA_DISABLE_REQUIRE", value));
}
