using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class ArchiveAndRegistryRuleTests
{
    [Fact]
    public void Both_Trigger()
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithArchive("out/iris.tar"), "MLC3041", Severity.Error);

        Assert.Equal("ContainerArchiveOutputPath and ContainerRegistry are both set: the SDK writes 'out/iris.tar' and pushes nothing to 'registry.example', without a word.", finding.Message);
        Assert.Equal(new ValueSource.Property("ContainerArchiveOutputPath"), finding.Source);
    }

    [Fact]
    public void ArchiveAlone_DoesNotTrigger() => FindingAssert.NoneAtBothMoments(Good.WithArchive("out/iris.tar") with { Registry = null });

    [Fact]
    public void RegistryAlone_DoesNotTrigger() => FindingAssert.NoneAtBothMoments(Good);

    [Fact]
    public void EmptyValues_DoNotTrigger()
    {
        FindingAssert.NoneAtBothMoments(Good.WithArchive(""));
        FindingAssert.NoneAtBothMoments(Good.WithArchive("out/iris.tar").WithRegistry(""));
    }
}
