using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Bases;

public sealed class BaseImageReaderTests : IDisposable
{
    private readonly TestMachine machine = new();
    private readonly StubRegistry registry = new();
    private readonly TestImage amd64 = TestImage.Create(new() { ["User"] = "1654" });
    private readonly TestImage arm64 = TestImage.Create(new() { ["User"] = "1001" }, "arm64");
    private readonly TestImage arm = TestImage.Create(new() { ["User"] = "7" }, "arm", variant: "v7");
    private readonly Blob index;

    public BaseImageReaderTests()
    {
        index = TestImage.Index(docker: false, (amd64, "amd64", null), (arm64, "arm64", "v8"), (arm, "arm", "v7"));
        foreach (TestImage image in new[] { amd64, arm64, arm })
        {
            registry.Add("base", "unused", image);
        }

        registry.Manifest("base", "10.0", index).Manifest("base", index.Digest, index);
    }

    public void Dispose()
    {
        registry.Dispose();
        machine.Dispose();
    }

    [Fact]
    public async Task PinnedIndex_GivesTheImageOfEachPlatform()
    {
        BaseImageReading reading = await ReadAsync($"base:10.0@{index.Digest}", "linux-x64", "linux-musl-arm64", "linux-arm");

        Assert.Empty(reading.Findings);
        Assert.Equal(["1654", "1001", "7"], reading.Bases.Select(verified => verified.Config.User));
        VerifiedBase first = reading.Bases[0];
        Assert.Equal(
            (index.Digest, amd64.Manifest.Digest, amd64.Config.Digest, TestImage.OciManifest, "linux-x64"),
            (first.IndexDigest, first.ManifestDigest, first.ConfigDigest, first.ManifestMediaType, first.RuntimeIdentifier));
        Assert.Equal([amd64.Layer.Digest], first.Layers.Select(layer => layer.Digest));
    }

    [Fact]
    public async Task PinnedIndex_IsAskedForByDigestOnly()
    {
        await ReadAsync($"base:10.0@{index.Digest}", "linux-x64");

        Assert.Equal(
            [$"/v2/base/manifests/{index.Digest}", $"/v2/base/manifests/{amd64.Manifest.Digest}", $"/v2/base/blobs/{amd64.Config.Digest}"],
            registry.Calls.Select(call => call.Path));
    }

    [Fact]
    public async Task PinnedBaseThatWasReadBefore_NeedsNoRequest()
    {
        await ReadAsync($"base@{index.Digest}", "linux-x64", "linux-arm64");
        int before = registry.Calls.Count();

        BaseImageReading again = await ReadAsync($"base@{index.Digest}", "linux-x64", "linux-arm64");

        Assert.Equal(5, before);
        Assert.Equal(before, registry.Calls.Count());
        Assert.Equal(["1654", "1001"], again.Bases.Select(verified => verified.Config.User));
    }

    [Fact]
    public async Task PinnedBaseThatWasReadBefore_NeedsNoReachableRegistry()
    {
        string reference = $"base@{index.Digest}";
        await ReadAsync(reference, "linux-x64");
        registry.Dispose();

        Assert.Empty((await ReadAsync(reference, "linux-x64")).Findings);
    }

    [Fact]
    public async Task CacheAlone_GivesWhatTheRegistryGave()
    {
        string reference = $"base@{index.Digest}";
        BaseImageReading read = await ReadAsync(reference, "linux-x64", "linux-arm64");
        int before = registry.Calls.Count();

        BaseImageReading? cached = await ReadCachedAsync(reference, "linux-x64", "linux-arm64");

        Assert.Equal(read.Bases.Select(verified => verified.ConfigDigest), cached?.Bases.Select(verified => verified.ConfigDigest));
        Assert.Equal(before, registry.Calls.Count());
    }

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("linux-x64", "linux-arm64")]
    public async Task CacheAlone_GivesNothingWhereAPlatformIsMissing(params string[] rids)
    {
        string reference = $"base@{index.Digest}";
        await ReadAsync(reference, "linux-x64");
        int before = registry.Calls.Count();

        Assert.Null(await ReadCachedAsync(reference, rids));
        Assert.Equal(before, registry.Calls.Count());
    }

    [Fact]
    public async Task CacheAlone_GivesNothingForATag()
    {
        await ReadAsync("base:10.0", "linux-x64");

        Assert.Null(await ReadCachedAsync("base:10.0", "linux-x64"));
    }

    [Fact]
    public async Task DamagedCache_IsFetchedAnew()
    {
        await ReadAsync($"base@{index.Digest}", "linux-x64");
        foreach (string file in Directory.GetFiles(Path.Combine(machine.Home.Path, ".cache"), "*", SearchOption.AllDirectories))
        {
            File.WriteAllText(file, "{}");
        }

        BaseImageReading reading = await ReadAsync($"base@{index.Digest}", "linux-x64");

        Assert.Empty(reading.Findings);
        Assert.Equal("1654", Assert.Single(reading.Bases).Config.User);
        Assert.Equal(6, registry.Calls.Count());
    }

    [Fact]
    public async Task Tag_IsAskedForEveryTimeAndTheRestComesFromTheCache()
    {
        await ReadAsync("base:10.0", "linux-x64");
        await ReadAsync("base:10.0", "linux-x64");

        Assert.Equal(4, registry.Calls.Count());
        Assert.Equal("/v2/base/manifests/10.0", registry.Calls.Last().Path);
    }

    [Fact]
    public async Task NeitherTagNorDigest_IsLatest()
    {
        registry.Manifest("base", "latest", index);

        Assert.Single((await ReadAsync("base", "linux-x64")).Bases);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PinnedManifest_IsTheBaseOfItsPlatform(bool docker)
    {
        TestImage image = TestImage.Create(docker: docker);
        registry.Add("single", "1", image);

        VerifiedBase verified = Assert.Single((await ReadAsync($"single@{image.Manifest.Digest}", "linux-x64")).Bases);

        Assert.Null(verified.IndexDigest);
        Assert.Equal(image.Manifest.Digest, verified.ManifestDigest);
        Assert.Equal(docker ? TestImage.DockerManifest : TestImage.OciManifest, verified.ManifestMediaType);
    }

    [Fact]
    public async Task FirstOfTwoImagesForOnePlatform_IsChosenAsBySdk()
    {
        Blob twice = TestImage.Index(docker: true, (amd64, "amd64", null), (arm64, "amd64", null));
        registry.Manifest("base", twice.Digest, twice);

        Assert.Equal("1654", Assert.Single((await ReadAsync($"base@{twice.Digest}", "linux-x64")).Bases).Config.User);
    }

    [Theory]
    [InlineData("index")]
    [InlineData("manifest")]
    [InlineData("config")]
    public async Task LieAtAnyLevel_IsFoundAndNothingIsRehearsed(string level)
    {
        TestImage evil = TestImage.Create(new() { ["User"] = "0" });
        Blob evilIndex = TestImage.Index(docker: false, (evil, "amd64", null));
        registry.Add("base", "evil", evil);
        registry.Answer(
            level switch
            {
                "index" => $"/v2/base/manifests/{index.Digest}",
                "manifest" => $"/v2/base/manifests/{amd64.Manifest.Digest}",
                _ => $"/v2/base/blobs/{amd64.Config.Digest}",
            },
            level switch
            {
                "index" => new HttpReply(200, evilIndex.Bytes, TestImage.OciIndex),
                "manifest" => new HttpReply(200, evil.Manifest.Bytes, TestImage.OciManifest),
                _ => new HttpReply(200, evil.Config.Bytes),
            });

        BaseImageReading reading = await ReadAsync($"base:10.0@{index.Digest}", "linux-x64");

        Assert.Empty(reading.Bases);
        Finding finding = Assert.Single(reading.Findings);
        Assert.Equal(("MLC3003", Severity.Error), (finding.Rule.Id, finding.Severity));
        Assert.Equal(new ValueSource.Property("ContainerBaseImage"), finding.Source);
    }

    [Fact]
    public async Task LieThatWasFound_IsNotCached()
    {
        registry.Answer($"/v2/base/blobs/{amd64.Config.Digest}", HttpReply.Text(200, "{}"));
        await ReadAsync($"base@{index.Digest}", "linux-x64");

        BaseImageReading again = await ReadAsync($"base@{index.Digest}", "linux-x64");

        Assert.Equal("MLC3003", Assert.Single(again.Findings).Rule.Id);
    }

    [Fact]
    public async Task OnePlatformThatCannotBeRead_DoesNotHideTheOther()
    {
        registry.Answer($"/v2/base/manifests/{arm64.Manifest.Digest}", HttpReply.Text(404, ""));

        BaseImageReading reading = await ReadAsync($"base@{index.Digest}", "linux-x64", "linux-arm64");

        Assert.Equal(["linux-x64"], reading.Bases.Select(verified => verified.RuntimeIdentifier));
        Finding finding = Assert.Single(reading.Findings);
        Assert.Equal(("MLC9007", "linux-arm64"), (finding.Rule.Id, finding.RuntimeIdentifier));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    [InlineData(TestImage.OciManifest)]
    [InlineData(null)]
    public async Task ContentTypeThatWouldMisleadTheSdk_IsNoImage(string? type)
    {
        registry.Answer($"/v2/base/manifests/{index.Digest}", new HttpReply(200, index.Bytes, type));

        Finding finding = Assert.Single((await ReadAsync($"base@{index.Digest}", "linux-x64")).Findings);

        Assert.Equal("MLC9007", finding.Rule.Id);
        Assert.Contains("its Content-Type is not that of the document", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IndexInAnIndex_IsNoImage()
    {
        var nested = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["manifests"] = new JsonArray(new JsonObject
            {
                ["digest"] = index.Digest,
                ["mediaType"] = TestImage.OciIndex,
                ["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = "amd64" },
            }),
        };
        Blob outer = Blob.Json(nested, TestImage.OciIndex);
        registry.Manifest("base", outer.Digest, outer);

        Finding finding = Assert.Single((await ReadAsync($"base@{outer.Digest}", "linux-x64")).Findings);

        Assert.Equal("MLC9007", finding.Rule.Id);
        Assert.Contains("another index", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry.example/UPPER@sha256:abc")]
    [InlineData("")]
    public async Task BaseThatIsNoReference_IsLeftToTheIntentsRules(string reference)
    {
        BaseImageReading reading = await Reader().ReadAsync(Intent(reference, "linux-x64"), Policy.Default, CancellationToken.None);

        Assert.Empty(reading.Bases);
        Assert.Empty(reading.Findings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DestinationsCredentials_CountWhereTheBaseIsInTheSameRegistry(bool isSame)
    {
        machine.Set("DOTNET_CONTAINER_REGISTRY_UNAME", "ci").Set("DOTNET_CONTAINER_REGISTRY_PWORD", "word");
        registry.Answer($"/v2/base/manifests/{index.Digest}", call => call.Authorization is null
            ? HttpReply.Text(401, "") with { Headers = [("WWW-Authenticate", "Basic realm=\"r\"")] }
            : new HttpReply(200, index.Bytes, TestImage.OciIndex));
        ContainerIntent intent = Intent($"{registry.Name}/base@{index.Digest}", "linux-x64") with
        {
            Registry = new Setting("ContainerRegistry", isSame ? registry.Name : "registry.example", ValueSource.Sdk.Instance),
        };

        BaseImageReading reading = await Reader().ReadAsync(intent, Policy.Default, CancellationToken.None);

        Assert.Equal(isSame ? 1 : 0, reading.Bases.Length);
    }

    private BaseImageReader Reader() => new(machine.Environment, BlobCache.ForUser(machine.Environment), InstalledSdk.Graph, TestMachine.Quick);

    private Task<BaseImageReading> ReadAsync(string reference, params string[] rids) => Reader().ReadAsync(
        Intent($"{registry.Name}/{reference}", rids), Policy.Default with { MaxBaseAgeDays = int.MaxValue }, CancellationToken.None);

    private Task<BaseImageReading?> ReadCachedAsync(string reference, params string[] rids) => Reader().ReadCachedAsync(
        Intent($"{registry.Name}/{reference}", rids), Policy.Default with { MaxBaseAgeDays = int.MaxValue }, CancellationToken.None);

    private static ContainerIntent Intent(string reference, params string[] rids) => new()
    {
        ProjectPath = "/src/app/app.csproj",
        BaseImage = new Setting("ContainerBaseImage", reference, new ValueSource.Property("ContainerBaseImage")),
        RuntimeIdentifiers = [.. rids],
    };
}
