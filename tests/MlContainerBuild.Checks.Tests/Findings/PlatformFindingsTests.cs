using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Tests.Findings;

public sealed class PlatformFindingsTests
{
    private static readonly Finding Root = new(RuleCatalog.Get("MLC3010"), "Runs as root.", "Change it.", new ValueSource.Property("ContainerUser"));

    [Fact]
    public void FindingOfEveryPlatform_IsSaidOnce() =>
        Assert.Equal([Root], PlatformFindings.Merge([Root with { RuntimeIdentifier = "linux-x64" }, Root with { RuntimeIdentifier = "linux-arm64" }], 2));

    [Fact]
    public void FindingOfOnePlatform_NamesIt()
    {
        Finding merged = Assert.Single(PlatformFindings.Merge([Root with { RuntimeIdentifier = "linux-arm64" }], 2));

        Assert.Equal("Runs as root. This is so for linux-arm64.", merged.Message);
        Assert.Equal("linux-arm64", merged.RuntimeIdentifier);
    }
}
