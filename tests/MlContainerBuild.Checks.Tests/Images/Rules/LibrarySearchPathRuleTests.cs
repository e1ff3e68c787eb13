using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class LibrarySearchPathRuleTests
{
    [Theory]
    [InlineData("/usr/local/cuda/lib64:", "/usr/local/cuda/lib64")]
    [InlineData(":/usr/local/cuda/lib64", "/usr/local/cuda/lib64")]
    [InlineData("/a::/b", "/a:/b")]
    [InlineData("/a:lib:/b", "/a:/b")]
    [InlineData("/a;;/b", "/a:/b")]
    [InlineData("/a:.", "/a")]
    [InlineData("/a:$ORIGIN/lib", "/a")]
    [InlineData("/a: /b", "/a")]
    public void EmptyOrRelativeElement_Triggers(string path, string repaired)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable("LD_LIBRARY_PATH", path), "MLC3034", Severity.Warning);

        Assert.Equal($"""Set <ContainerEnvironmentVariable Include="LD_LIBRARY_PATH" Value="{repaired}" />.""", finding.Fix);
    }

    [Theory]
    [InlineData(":")]
    [InlineData(".")]
    public void NothingAbsolute_IsDeleted(string path)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable("LD_LIBRARY_PATH", path), "MLC3034", Severity.Warning);

        Assert.Equal("Name absolute directories, or delete that item.", finding.Fix);
    }

    [Theory]
    [InlineData("/opt/lib:$LD_LIBRARY_PATH")]
    [InlineData("${LD_LIBRARY_PATH}:/opt/lib")]
    public void VariableThatNothingExpandsHere_Triggers(string path)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable("LD_LIBRARY_PATH", path), "MLC3034", Severity.Warning);

        Assert.Contains("which no shell expands here", finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("Write the directories of the base image ", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTheBase_IsOverridden()
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedVariable("LD_LIBRARY_PATH", "/usr/local/cuda/lib64:").AtRehearsal(), "MLC3034", Severity.Warning);

        Assert.Equal("""Override it in the project: <ContainerEnvironmentVariable Include="LD_LIBRARY_PATH" Value="/usr/local/cuda/lib64" />.""", finding.Fix);
    }

    [Theory]
    [InlineData("")] // ignored as a whole
    [InlineData("/usr/local/nvidia/lib:/usr/local/nvidia/lib64")] // every CUDA base
    [InlineData("/usr/$LIB")]
    public void AbsoluteElements_DoNotTrigger(string path)
    {
        FindingAssert.NoneAtBothMoments(Good.WithVariable("LD_LIBRARY_PATH", path));
        FindingAssert.None(Good.WithInheritedVariable("LD_LIBRARY_PATH", path).AtRehearsal());
    }

    [Fact]
    public void Windows_DoesNotTrigger()
        => FindingAssert.NoneAtBothMoments(Good.WithRuntimeIdentifiers("win-x64").WithVariable("LD_LIBRARY_PATH", "."));
}
