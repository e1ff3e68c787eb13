using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Bases;

public sealed class BaseImagePinTests : IDisposable
{
    private static readonly string Stale = "sha256:" + new string('0', 64);

    private readonly TestMachine machine = new();
    private readonly StubRegistry registry = new();
    private readonly TestImage amd64 = TestImage.Create();
    private readonly TestImage arm64 = TestImage.Create(architecture: "arm64");
    private readonly Blob index;

    public BaseImagePinTests()
    {
        index = TestImage.Index(docker: false, (amd64, "amd64", null), (arm64, "arm64", null));
        registry.Add("base", "single", amd64).Add("base", "unused", arm64).Manifest("base", "10.0", index).Manifest("base", "latest", index);
    }

    public void Dispose()
    {
        registry.Dispose();
        machine.Dispose();
    }

    [Theory]
    [InlineData("10.0", "10.0")]
    [InlineData(null, "latest")]
    public async Task Index_IsPinnedByItsOwnDigest(string? tag, string expected)
    {
        BaseImagePin pin = await ResolveAsync(new ImageReference(registry.Name, "base", tag, Digest: null), "linux-x64", "linux-arm64");

        Assert.Empty(pin.Findings);
        Assert.Equal(new ImageReference(registry.Name, "base", expected, index.Digest), pin.Reference);
    }

    [Fact]
    public async Task SingleManifest_IsPinnedByItsDigest()
    {
        BaseImagePin pin = await ResolveAsync(new ImageReference(registry.Name, "base", "single", Digest: null), "linux-x64");

        Assert.Equal(amd64.Manifest.Digest, pin.Reference?.Digest);
    }

    [Fact]
    public async Task ExistingPin_IsPassedOverInFavourOfItsTag()
    {
        BaseImagePin pin = await ResolveAsync(new ImageReference(registry.Name, "base", "10.0", Stale), "linux-x64");

        Assert.Equal(index.Digest, pin.Reference?.Digest);
        Assert.DoesNotContain(registry.Calls, call => call.Path.Contains(Stale, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryPlatform_IsVerified()
    {
        registry.Answer($"/v2/base/blobs/{arm64.Config.Digest}", new HttpReply(200, "{}"u8.ToArray(), "application/octet-stream"));

        BaseImagePin pin = await ResolveAsync(new ImageReference(registry.Name, "base", "10.0", Digest: null), "linux-x64", "linux-arm64");

        Assert.Null(pin.Reference);
        Assert.Equal([("MLC3003", "linux-arm64")], pin.Findings.Select(finding => (finding.Rule.Id, finding.RuntimeIdentifier)));
    }

    [Theory]
    [InlineData("10.0", "win-x64", "MLC3004")]
    [InlineData("single", "linux-arm64", "MLC3004")]
    [InlineData("missing", "linux-x64", "MLC9007")]
    public async Task WhatMustNotBeBuiltOn_IsNotPinned(string tag, string runtimeIdentifier, string rule)
    {
        BaseImagePin pin = await ResolveAsync(new ImageReference(registry.Name, "base", tag, Digest: null), runtimeIdentifier);

        Assert.Null(pin.Reference);
        Assert.Equal([rule], pin.Findings.Select(finding => finding.Rule.Id));
    }

    private Task<BaseImagePin> ResolveAsync(ImageReference image, params string[] runtimeIdentifiers)
    {
        var intent = new ContainerIntent
        {
            ProjectPath = "/src/Iris/Iris.csproj",
            BaseImage = new Setting("ContainerBaseImage", image.ToString(), new ValueSource.Property("ContainerBaseImage")),
            RuntimeIdentifiers = [.. runtimeIdentifiers],
        };
        var reader = new BaseImageReader(machine.Environment, BlobCache.ForUser(machine.Environment), InstalledSdk.Graph, TestMachine.Quick);
        return BaseImagePin.ResolveAsync(reader, intent, image, CancellationToken.None);
    }
}
