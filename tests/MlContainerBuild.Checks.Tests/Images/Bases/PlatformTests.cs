using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Bases;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("linux-x64", "linux/amd64")]
    [InlineData("linux-musl-x64", "linux/amd64")]
    [InlineData("linux-bionic-arm64", "linux/arm64")]
    [InlineData("linux-arm", "linux/arm/v7")]
    [InlineData("linux-musl-arm", "linux/arm/v7")]
    [InlineData("linux-armv6", "linux/arm/v6")]
    [InlineData("linux-x86", "linux/386")]
    [InlineData("linux-loongarch64", "linux/loong64")]
    [InlineData("win-x64", "windows/amd64")]
    [InlineData("linux", null)]
    [InlineData("osx-arm64", null)]
    [InlineData("no-such-rid", null)]
    [InlineData("", null)]
    public void RuntimeIdentifier_HasAPlatform(string rid, string? expected) =>
        Assert.Equal(expected, Platform.Of(rid, InstalledSdk.Graph)?.ToString());

    [Theory]
    [InlineData("linux-x64", "linux", "amd64", null, true)]
    [InlineData("linux-x64", "linux", "x86_64", null, true)]
    [InlineData("linux-x64", "linux", "arm64", null, false)]
    [InlineData("linux-x64", "windows", "amd64", null, false)]
    [InlineData("linux-arm64", "linux", "arm64", "v8", true)]
    [InlineData("linux-arm64", "linux", "aarch64", null, true)]
    [InlineData("linux-arm64", "linux", "arm", "v7", false)]
    [InlineData("linux-arm", "linux", "arm", null, true)]
    [InlineData("linux-arm", "linux", "arm", "v6", true)]
    [InlineData("linux-arm", "linux", "arm", "v8", false)]
    [InlineData("linux-armv6", "linux", "arm", "v7", false)]
    public void Machine_RunsImagesOfItsPlatform(string rid, string system, string architecture, string? variant, bool expected) =>
        Assert.Equal(expected, Platform.Of(rid, InstalledSdk.Graph)!.Runs(new Platform(system, architecture, variant)));

    [Fact]
    public void Graph_ExpandsTheNearestFirst() => Assert.Equal(
        ["linux-musl-x64", "linux-musl", "linux-x64", "linux", "unix-x64", "unix", "any", "base"],
        InstalledSdk.Graph.Expand("linux-musl-x64"));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"runtimes":7}""")]
    public void GraphThatIsNone_IsAnError(string json)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("graph.json", json);

        Assert.False(RuntimeIdentifierGraph.TryRead(path, out _, out string? error));
        Assert.Equal($"the runtime identifier graph '{path}' cannot be read", error);
    }

    [Fact]
    public void GraphWithACircle_IsExpandedOnce()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("graph.json", """{"runtimes":{"a":{"#import":["b"]},"b":{"#import":["a","c"]}}}""");

        Assert.True(RuntimeIdentifierGraph.TryRead(path, out RuntimeIdentifierGraph? graph, out _));
        Assert.Equal(["a", "b", "c"], graph.Expand("a"));
    }

    [Theory]
    [InlineData("""{"runtimes":{"a":7}}""")]
    [InlineData("""{"runtimes":{"a":{"#import":"b"}}}""")]
    [InlineData("""{"runtimes":{"a":{"#import":[7]}}}""")]
    public void ImportThatIsNoIdentifier_LeadsNowhere(string json)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("graph.json", json);

        Assert.True(RuntimeIdentifierGraph.TryRead(path, out RuntimeIdentifierGraph? graph, out _));
        Assert.Equal(["a"], graph.Expand("a"));
    }

    [Fact]
    public void MissingGraph_IsAnError() => Assert.False(RuntimeIdentifierGraph.TryRead("/nowhere/graph.json", out _, out _));
}
