using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class AllDriverCapabilitiesRuleTests
{
    [Theory]
    [InlineData("all")]
    [InlineData("compute, all")]
    public void All_Triggers(string capabilities)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable("NVIDIA_DRIVER_CAPABILITIES", capabilities), "MLC3031", Severity.Warning);

        Assert.Equal("""Set <ContainerEnvironmentVariable Include="NVIDIA_DRIVER_CAPABILITIES" Value="compute,utility" />.""", finding.Fix);
    }

    [Fact]
    public void AllOfTheBase_TriggersBecauseOneLineOverridesIt()
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedVariable("NVIDIA_DRIVER_CAPABILITIES", "all").AtRehearsal(), "MLC3031", Severity.Warning);

        Assert.StartsWith("Override it in the project: ", finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("compute")]
    [InlineData("compute,utility")]
    [InlineData("compute,utility,video")] // NVDEC
    [InlineData("graphics,display")]
    [InlineData("allegedly")]
    public void AChoice_DoesNotTrigger(string capabilities)
        => FindingAssert.NoneAtBothMoments(Good.WithVariable("NVIDIA_DRIVER_CAPABILITIES", capabilities));
}
