using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Tests.Images.Bases;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Rehearsal;

public sealed class ImageRehearsalTests : IDisposable
{
    private readonly TestMachine machine = new();
    private readonly StubRegistry registry = new();

    public void Dispose()
    {
        registry.Dispose();
        machine.Dispose();
    }

    [Fact]
    public async Task TwoPlatforms_AreRehearsedWithoutAFinding()
    {
        ImageRehearsal rehearsal = await RunAsync("linux-x64", "linux-arm64");

        Assert.Empty(rehearsal.Findings);
        Assert.Equal(["linux-x64", "linux-arm64"], rehearsal.Images.Select(image => image.Base.RuntimeIdentifier));
    }

    // Both are linux/amd64 in the index that the SDK makes.
    [Fact]
    public async Task PlatformsThatAnIndexCannotTellApart_AreRefusedBeforeThePush()
    {
        ImageRehearsal rehearsal = await RunAsync("linux-x64", "linux-musl-x64", "linux-arm64");

        Finding finding = Assert.Single(rehearsal.Findings);
        Assert.Equal(("MLC9006", Severity.Error), (finding.Rule.Id, finding.Severity));
        Assert.StartsWith("linux-x64 and linux-musl-x64 are the same to an index, 'linux/amd64'", finding.Message, StringComparison.Ordinal);
    }

    private async Task<ImageRehearsal> RunAsync(params string[] runtimeIdentifiers)
    {
        TestImage amd64 = TestImage.Create(new() { ["User"] = "1654:1654" });
        TestImage arm64 = TestImage.Create(new() { ["User"] = "1654:1654" }, "arm64");
        Blob index = TestImage.Index(docker: false, (amd64, "amd64", null), (arm64, "arm64", null));
        registry.Add("base", "unused", amd64).Add("base", "unused", arm64).Manifest("base", index.Digest, index);
        var intent = new ContainerIntent
        {
            ProjectPath = "/repo/iris.csproj",
            BaseImage = new Setting("ContainerBaseImage", $"{registry.Name}/base@{index.Digest}", new ValueSource.Property("ContainerBaseImage")),
            RuntimeIdentifiers = [.. runtimeIdentifiers],
            Command = new CommandIntent { AppCommand = [new Setting("ContainerAppCommand", "dotnet", ValueSource.Sdk.Instance)] },
            Settings = new ImageSettings { WorkingDirectory = new Setting("ContainerWorkingDirectory", "/app/", ValueSource.Sdk.Instance) },
        };
        var reader = new BaseImageReader(machine.Environment, new BlobCache(Path.Combine(machine.Home.Path, "blobs")), InstalledSdk.Graph);
        Policy policy = Policy.Default with { MaxBaseAgeDays = int.MaxValue };
        BaseImageReading reading = await reader.ReadAsync(intent, policy, CancellationToken.None);
        return ImageRehearsal.Run(
            reading, intent, [.. runtimeIdentifiers.Select(rid => intent with { RuntimeIdentifiers = [rid] })], policy, []);
    }
}
