using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class AllGpusRuleTests
{
    [Theory]
    [InlineData("all")]
    [InlineData(" all ")]
    [InlineData("all,0")]
    [InlineData("0, all")]
    public void All_Triggers(string devices)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable("NVIDIA_VISIBLE_DEVICES", devices), "MLC3030", Severity.Warning);

        Assert.StartsWith("""Set <ContainerEnvironmentVariable Include="NVIDIA_VISIBLE_DEVICES" Value="void" />.""", finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("void")]
    [InlineData("none")]
    [InlineData("none,all")] // the first of the two counts
    [InlineData("all,void")] // void always does
    [InlineData("0")]
    [InlineData("0,1")]
    [InlineData("ALL")] // no device, and not `all`
    [InlineData("GPU-8a56a4bc-e184-b39f-5b2b-c2ff8a5a1c00")]
    [InlineData("MIG-41b1c4c1-a3f5-5b6b-8a56-e184b39f5b2b")]
    [InlineData("nvidia.com/gpu=0")]
    public void AChoice_DoesNotTrigger(string devices)
        => FindingAssert.NoneAtBothMoments(Good.WithVariable("NVIDIA_VISIBLE_DEVICES", devices));

    [Fact]
    public void AllOfTheBase_IsInformation()
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedVariable("NVIDIA_VISIBLE_DEVICES", "all").AtRehearsal(), "MLC3030", Severity.Info);

        Assert.StartsWith("""Override it in the project: <ContainerEnvironmentVariable Include="NVIDIA_VISIBLE_DEVICES" Value="void" />.""", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void AllOfTheBaseOverridden_DoesNotTrigger()
        => FindingAssert.NoneAtBothMoments(Good.WithInheritedVariable("NVIDIA_VISIBLE_DEVICES", "all").WithVariable("NVIDIA_VISIBLE_DEVICES", "void"));

    [Fact]
    public void LegacyCudaBase_IsInformation()
        => FindingAssert.Single(Good.WithInheritedVariable("CUDA_VERSION", "8.0.61").AtRehearsal(), "MLC3030", Severity.Info);

    [Fact]
    public void LegacyCudaImageOfOnesOwn_TriggersOnceTheBaseIsKnown()
    {
        ImageUnderTest image = Good.WithVariable("CUDA_VERSION", "12.4.1");

        FindingAssert.None(image.AtIntent());
        FindingAssert.Single(image.AtRehearsal(), "MLC3030", Severity.Warning);
    }

    [Fact]
    public void CudaBaseThatSaysWhatItRequires_DoesNotTrigger()
        => FindingAssert.None(Good.WithInheritedVariable("CUDA_VERSION", "12.4.1").WithInheritedVariable("NVIDIA_REQUIRE_CUDA", "cuda>=12.4").AtRehearsal());

    [Fact]
    public void LegacyCudaBaseWithAChoice_DoesNotTrigger()
        => FindingAssert.None(Good.WithInheritedVariable("CUDA_VERSION", "8.0.61").WithVariable("NVIDIA_VISIBLE_DEVICES", "void").AtRehearsal());

    [Fact]
    public void LastOfTwoItems_Counts()
        => FindingAssert.NoneAtBothMoments(Good.WithVariable("NVIDIA_VISIBLE_DEVICES", "all").WithVariable("NVIDIA_VISIBLE_DEVICES", "void"));
}
