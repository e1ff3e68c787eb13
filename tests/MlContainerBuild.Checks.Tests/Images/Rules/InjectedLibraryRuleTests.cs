using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class InjectedLibraryRuleTests
{
    [Theory]
    [InlineData("LD_PRELOAD", "/proc/self/cwd/poc.so")]
    [InlineData("LD_PRELOAD", "/usr/lib/../../proc/self/cwd/poc.so")]
    [InlineData("LD_PRELOAD", "./poc.so")]
    [InlineData("LD_PRELOAD", "lib/poc.so")]
    [InlineData("LD_PRELOAD", "$ORIGIN/poc.so")]
    [InlineData("LD_PRELOAD", "/tmp/poc.so")]
    [InlineData("LD_PRELOAD", "//tmp//poc.so")]
    [InlineData("LD_PRELOAD", "/dev/shm/poc.so")]
    [InlineData("LD_PRELOAD", "/home/app/poc.so")]
    [InlineData("LD_PRELOAD", "/usr/lib/libjemalloc.so.2:/tmp/poc.so")]
    [InlineData("LD_PRELOAD", "/usr/lib/libjemalloc.so.2 /tmp/poc.so")]
    [InlineData("LD_AUDIT", "./audit.so")]
    [InlineData("LD_AUDIT", "/usr/lib/a.so:/tmp/audit.so")]
    [InlineData("CUDA_INJECTION64_PATH", "./inject.so")]
    [InlineData("CUDA_INJECTION64_PATH", "/tmp/a b.so")]
    public void PathThatSomebodyElseControls_Triggers(string variable, string value)
        => FindingAssert.SingleAtBothMoments(Good.WithVariable(variable, value), "MLC3033", Severity.Error);

    [Theory]
    [InlineData("LD_PRELOAD", "libtcmalloc.so.4")]
    [InlineData("LD_PRELOAD", "/usr/lib/libjemalloc.so.2 libtcmalloc.so.4")]
    [InlineData("CUDA_INJECTION64_PATH", "libinject.so")]
    public void BareName_IsAWarning(string variable, string value)
        => FindingAssert.SingleAtBothMoments(Good.WithVariable(variable, value), "MLC3033", Severity.Warning);

    [Theory]
    [InlineData("LD_PRELOAD", "")]
    [InlineData("LD_PRELOAD", " : ")]
    [InlineData("LD_PRELOAD", "/usr/lib/x86_64-linux-gnu/libtcmalloc.so.4")]
    [InlineData("LD_PRELOAD", "/usr/$LIB/libjemalloc.so.2:/opt/vendor/lib/a.so")]
    [InlineData("LD_PRELOAD", "/app/libjemalloc.so.2")] // the SDK leaves it to root
    [InlineData("LD_PRELOAD", "/tmpfiles/a.so")]
    [InlineData("LD_AUDIT", "/usr/lib/audit.so")]
    [InlineData("CUDA_INJECTION64_PATH", "/opt/nvidia/nsight/libinject.so")]
    [InlineData("ld_preload", "./poc.so")]
    public void AbsolutePathOfTheSystem_DoesNotTrigger(string variable, string value)
        => FindingAssert.NoneAtBothMoments(Good.WithVariable(variable, value));

    [Fact]
    public void ApplicationDirectoryThatTheApplicationOwns_Triggers()
    {
        ImageUnderTest image = Good.WithUser("1654").WithVariable("LD_PRELOAD", "/app/libjemalloc.so.2");

        Assert.Equal(
            [("MLC3012", Severity.Warning), ("MLC3033", Severity.Error)],
            Checks.Images.Rules.ContainerRules.Check(image.AtIntent()).Select(finding => (finding.Rule.Id, finding.Severity)));
    }

    [Fact]
    public void ApplicationDirectory_IsTheWorkingDirectory()
    {
        ImageUnderTest image = Good.WithUser("1654").WithWorkingDirectory("/srv/iris/").WithVariable("LD_PRELOAD", "/srv/iris/a.so");

        Assert.Contains(Checks.Images.Rules.ContainerRules.Check(image.AtIntent()), finding => finding.Rule.Id == "MLC3033");
    }

    [Fact]
    public void OneFindingAVariable_ForItsWorstLibrary()
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable("LD_PRELOAD", "libtcmalloc.so:/proc/self/cwd/poc.so:/tmp/a.so"), "MLC3033", Severity.Error);

        Assert.Equal("The project sets LD_PRELOAD, and '/proc/self/cwd/poc.so' is another file in every process, as in the attack of CVE-2025-23266 on hosts with GPUs.", finding.Message);
        Assert.Equal("Name the library by its absolute path in a directory that only root can write, such as /usr/lib, or delete that item.", finding.Fix);
    }

    [Fact]
    public void OfTheBase_TriggersAndIsOverridden()
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedVariable("LD_PRELOAD", "/tmp/a.so").AtRehearsal(), "MLC3033", Severity.Error);

        Assert.EndsWith("""or override it in the project: <ContainerEnvironmentVariable Include="LD_PRELOAD" Value="" />.""", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_DoesNotTrigger()
        => FindingAssert.NoneAtBothMoments(Good.WithRuntimeIdentifiers("win-x64").WithVariable("LD_PRELOAD", "./poc.so"));
}
