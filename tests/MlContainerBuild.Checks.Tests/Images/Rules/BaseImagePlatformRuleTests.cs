using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Tests.Images.Bases;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class BaseImagePlatformRuleTests : IDisposable
{
    private readonly TestMachine machine = new();
    private readonly StubRegistry registry = new();

    public void Dispose()
    {
        registry.Dispose();
        machine.Dispose();
    }

    [Theory]
    [InlineData("amd64", null, "linux-x64")]
    [InlineData("amd64", null, "linux-musl-x64")]
    [InlineData("arm64", "v8", "linux-arm64")]
    [InlineData("arm", "v6", "linux-arm")]
    [InlineData("amd64", null, "custom-rid")]
    public async Task BaseOfThePlatform_DoesNotTrigger(string architecture, string? variant, string rid)
    {
        TestImage image = TestImage.Create(architecture: architecture, variant: variant);
        registry.Add("base", "1", image);

        Assert.Empty(await CheckAsync($"base@{image.Manifest.Digest}", rid));
    }

    [Fact]
    public async Task SingleManifestOfAnotherPlatform_Triggers()
    {
        TestImage image = TestImage.Create();
        registry.Add("base", "1", image);
        string name = $"{registry.Name}/base@{image.Manifest.Digest}";

        Finding finding = Assert.Single(await CheckAsync($"base@{image.Manifest.Digest}", "linux-x64", "linux-arm64"));

        Assert.Equal(("MLC3004", Severity.Error, "linux-arm64"), (finding.Rule.Id, finding.Severity, finding.RuntimeIdentifier));
        Assert.Equal(
            $"The base image '{name}' is for linux/amd64, but linux-arm64 is published: it has one platform only, and the SDK takes such a base "
            + "for every platform without comparing. The application would not start.",
            finding.Message);
    }

    [Fact]
    public async Task IndexThatMislabelsItsImage_Triggers()
    {
        TestImage image = TestImage.Create();
        Blob index = TestImage.Index(docker: false, (image, "arm64", null));
        registry.Add("base", "1", image).Manifest("base", index.Digest, index);

        Finding finding = Assert.Single(await CheckAsync($"base@{index.Digest}", "linux-arm64"));

        Assert.Equal("MLC3004", finding.Rule.Id);
        Assert.Contains("its index calls it linux/arm64, which is wrong", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IndexWithoutThePlatform_TriggersAndListsWhatThereIs()
    {
        TestImage image = TestImage.Create();
        Blob index = TestImage.Index(docker: true, (image, "amd64", null), (image, "arm", "v7"), (image, "unknown", null));
        registry.Add("base", "1", image).Manifest("base", index.Digest, index);

        Finding finding = Assert.Single(await CheckAsync($"base@{index.Digest}", "linux-x64", "linux-arm64"));

        Assert.Equal(("MLC3004", "linux-arm64"), (finding.Rule.Id, finding.RuntimeIdentifier));
        Assert.EndsWith("has no image for linux-arm64; it has linux/amd64, linux/arm/v7.", finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("Take linux-arm64 out of ContainerRuntimeIdentifiers", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyIndex_Triggers()
    {
        Blob index = TestImage.Index(docker: false);
        registry.Manifest("base", index.Digest, index);

        Assert.EndsWith("it has none that the SDK builds on.", Assert.Single(await CheckAsync($"base@{index.Digest}", "linux-x64")).Message, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<Finding>> CheckAsync(string reference, params string[] rids)
    {
        var reader = new BaseImageReader(machine.Environment, BlobCache.ForUser(machine.Environment), InstalledSdk.Graph, TestMachine.Quick);
        var intent = new ContainerIntent
        {
            ProjectPath = "/src/app/app.csproj",
            BaseImage = new Setting("ContainerBaseImage", $"{registry.Name}/{reference}", new ValueSource.Property("ContainerBaseImage")),
            RuntimeIdentifiers = [.. rids],
        };
        return (await reader.ReadAsync(intent, Policy.Default with { MaxBaseAgeDays = int.MaxValue }, CancellationToken.None)).Findings;
    }
}
