using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Confirmation;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Confirmation;

public sealed class ImageConfirmationTests : IDisposable
{
    private const string Repository = "team/iris";
    private const string BaseStep = "ADD rootfs.tar /";

    private static readonly ValueSource Source = new ValueSource.Property("ContainerRepository");

    private readonly TestMachine machine = new();
    private readonly StubRegistry registry = new();

    public void Dispose()
    {
        registry.Dispose();
        machine.Dispose();
    }

    [Fact]
    public async Task ImageAsRehearsed_IsConfirmedWithItsDigest()
    {
        EffectiveImage expected = Expect("linux-x64");
        Blob manifest = Publish(expected);

        ImageConfirmation confirmation = await ReadBackAsync(manifest.Digest, expected);

        Assert.Empty(confirmation.Findings);
        Assert.Equal(3, registry.Calls.Count());
        Assert.Equal((manifest.Digest, "sha256:" + new string('f', 64)), (confirmation.Platforms["linux-x64"].Digest, confirmation.Platforms["linux-x64"].ApplicationLayer.Digest));
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "user", "its user is 'root' instead of '1654'" },
        { "no-user", "its user is not set instead of '1654'" },
        { "variable-changed", "the variable 'MODEL' has another value" },
        { "variable-added", "it has a variable 'LD_PRELOAD' that nobody set" },
        { "variable-removed", "the variable 'MODEL' is missing" },
        { "label", "the label 'team' has another value" },
        { "port", "it exposes '22/tcp' instead of '8080/tcp'" },
        { "entrypoint", "its entrypoint is another" },
        { "directory", "its working directory is '/tmp' instead of '/app/'" },
        { "volume", "its volumes are '/app' instead of not set" },
        { "stop-signal", "its stop signal is 'SIGKILL' instead of not set" },
        { "health-check", "it has a setting 'Healthcheck' that nobody set" },
        { "platform", "it is for 'linux/arm64' instead of linux/amd64" },
        { "base-layer", "its lower layers are not those of the base image" },
        { "extra-layer", "it has 2 layers above the base image instead of one" },
        { "diff-ids", "its configuration lists other layers than the base image's and the application's" },
        { "layer-size", "its manifest gives the base image's layers another type or size" },
        { "layer-type", "its manifest gives the base image's layers another type or size" },
        { "history", "its history is not the base image's with the SDK's own on top" },
        { "history-added", "its history is not the base image's with the SDK's own on top" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task ChangedImage_IsRefusedAndTheDifferenceNamed(string change, string difference)
    {
        EffectiveImage expected = Expect("linux-x64");
        Blob manifest = Publish(expected, change);

        ImageConfirmation confirmation = await ReadBackAsync(manifest.Digest, expected);

        Finding finding = Assert.Single(confirmation.Findings);
        Assert.Equal("MLC3042", finding.Rule.Id);
        Assert.Contains(difference, finding.Message, StringComparison.Ordinal);
        Assert.Contains("'1.0' now points at it", finding.Message, StringComparison.Ordinal);
        Assert.Contains(manifest.Digest, finding.Fix, StringComparison.Ordinal);
        Assert.Empty(confirmation.Platforms);
    }

    [Fact]
    public async Task SecretInAChangedValue_IsNotShown()
    {
        EffectiveImage expected = Expect("linux-x64");
        Blob manifest = Publish(expected, "variable-changed");

        ImageConfirmation confirmation = await ReadBackAsync(manifest.Digest, expected);

        Assert.DoesNotContain("other.onnx", Assert.Single(confirmation.Findings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RegistryThatServesOtherBytesUnderTheDigest_IsRefused()
    {
        EffectiveImage expected = Expect("linux-x64");
        Blob manifest = Publish(expected);
        Blob other = Publish(expected, "user");
        registry.Manifest(Repository, manifest.Digest, other);

        ImageConfirmation confirmation = await ReadBackAsync(manifest.Digest, expected);

        Assert.Equal("MLC3042", Assert.Single(confirmation.Findings).Rule.Id);
    }

    [Fact]
    public async Task RegistryThatDoesNotAnswer_IsNoConfirmation()
    {
        ImageConfirmation confirmation = await ReadBackAsync("sha256:" + new string('a', 64), Expect("linux-x64"));

        Assert.Equal("MLC9007", Assert.Single(confirmation.Findings).Rule.Id);
    }

    [Fact]
    public async Task Index_IsComparedPlatformByPlatform()
    {
        EffectiveImage x64 = Expect("linux-x64");
        EffectiveImage arm64 = Expect("linux-arm64");
        Blob index = PublishIndex((Publish(x64), "amd64"), (Publish(arm64, "user"), "arm64"));

        ImageConfirmation confirmation = await ReadBackAsync(index.Digest, x64, arm64);

        string message = Assert.Single(confirmation.Findings).Message;
        Assert.Contains("linux-arm64: its user is 'root'", message, StringComparison.Ordinal);
        Assert.Contains("The tags '1.0', '1.0-linux-arm64' now point at it.", message, StringComparison.Ordinal);
        Assert.Equal(["linux-x64"], confirmation.Platforms.Keys);
    }

    [Fact]
    public async Task TagThatLeadsElsewhere_IsRefused()
    {
        EffectiveImage expected = Expect("linux-x64");
        Blob other = Publish(expected, "user");
        Blob manifest = Publish(expected);
        registry.Manifest(Repository, "1.0", other);

        Finding finding = Assert.Single((await ReadBackAsync(manifest.Digest, expected)).Findings);

        Assert.Equal("MLC3042", finding.Rule.Id);
        Assert.Equal($"Who pulls by name does not get the image that was checked: the tag '1.0' leads to {other.Digest} instead of {manifest.Digest}.", finding.Message);
        Assert.StartsWith($"Deploy by digest, '{registry.Name}/{Repository}@{manifest.Digest}', and find out", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TagOfAPlatformThatLeadsToAnother_IsRefused()
    {
        EffectiveImage x64 = Expect("linux-x64");
        EffectiveImage arm64 = Expect("linux-arm64");
        (Blob ofX64, Blob ofArm64) = (Publish(x64), Publish(arm64));
        Blob index = PublishIndex((ofX64, "amd64"), (ofArm64, "arm64"));
        registry.Manifest(Repository, "1.0-linux-arm64", ofX64);

        Finding finding = Assert.Single((await ReadBackAsync(index.Digest, x64, arm64)).Findings);

        Assert.Contains($": the tag '1.0-linux-arm64' leads to {ofX64.Digest} instead of {ofArm64.Digest}.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TagThatOnlyTheNextAnswerKnows_IsConfirmed()
    {
        EffectiveImage expected = Expect("linux-x64");
        Blob manifest = Publish(expected);
        var answers = new Queue<HttpReply>(
        [
            HttpReply.Text(404, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"""),
            new HttpReply(200, manifest.Bytes, manifest.MediaType),
        ]);
        registry.Answer($"/v2/{Repository}/manifests/1.0", _ => answers.Dequeue());

        Assert.Empty((await ReadBackAsync(manifest.Digest, expected)).Findings);
        Assert.Empty(answers);
    }

    [Fact]
    public async Task TagThatIsNotThere_IsNoConfirmation()
    {
        EffectiveImage expected = Expect("linux-x64");
        Blob manifest = Publish(expected);
        registry.Answer($"/v2/{Repository}/manifests/1.0", HttpReply.Text(404, ""));

        Assert.Equal("MLC9007", Assert.Single((await ReadBackAsync(manifest.Digest, expected)).Findings).Rule.Id);
    }

    // What the SDK makes of a base for one platform only.
    [Fact]
    public async Task IndexThatListsOnePlatformTwice_IsRefused()
    {
        EffectiveImage x64 = Expect("linux-x64");
        EffectiveImage arm64 = Expect("linux-arm64");
        Blob image = Publish(x64);
        Blob index = PublishIndex((image, "amd64"), (image, "amd64"));

        ImageConfirmation confirmation = await ReadBackAsync(index.Digest, x64, arm64);

        string message = Assert.Single(confirmation.Findings).Message;
        Assert.Contains("the index lists 2 images for linux/amd64", message, StringComparison.Ordinal);
        Assert.Contains("there is no image for linux-arm64", message, StringComparison.Ordinal);
    }

    [Fact]
    public void GeneratedImageAsRehearsed_IsConfirmed() => Assert.Empty(CompareGenerated(Expect("linux-x64"), ""));

    [Theory]
    [MemberData(nameof(Changes))]
    public void ChangedGeneratedImage_IsRefusedAndTheDifferenceNamed(string change, string difference)
    {
        Finding finding = Assert.Single(CompareGenerated(Expect("linux-x64"), change));

        Assert.Equal("MLC3042", finding.Rule.Id);

        // By its platform an image is found where there are several.
        Assert.Contains(change == "platform" ? "there is no image for linux-x64" : difference, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "{}", "the answer is not JSON")]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""", null, "an index stands where an image should")]
    [InlineData(null, "{", "the image configuration is not JSON")]
    [InlineData("", "", "the answer is not JSON")]
    public void GeneratedImageThatIsNone_IsRefused(string? manifest, string? configuration, string difference)
    {
        EffectiveImage expected = Expect("linux-x64");
        var image = new GeneratedImage(manifest ?? Manifest(expected, "").ToJsonString(), configuration ?? Config(expected, "").ToJsonString());

        Finding finding = Assert.Single(ImageConfirmation.CompareGenerated([image], [expected], "iris", [], Source));

        Assert.Contains(difference, finding.Message, StringComparison.Ordinal);
        Assert.Contains("there is no image for linux-x64", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GeneratedImageThatIsMissing_IsRefused() =>
        Assert.Single(ImageConfirmation.CompareGenerated([], [Expect("linux-x64")], "iris", [], Source));

    private static System.Collections.Immutable.ImmutableArray<Finding> CompareGenerated(EffectiveImage expected, string change) => ImageConfirmation.CompareGenerated(
        [new GeneratedImage(Manifest(expected, change).ToJsonString(), Config(expected, change).ToJsonString())], [expected], "iris", [new("1.0")], Source);

    private async Task<ImageConfirmation> ReadBackAsync(string digest, params EffectiveImage[] expected)
    {
        using var client = machine.Client(registry.Name);
        System.Collections.Immutable.ImmutableArray<PublishedTag> tags = expected.Length == 1
            ? [new("1.0")]
            : [new("1.0"), .. expected.Select(image => new PublishedTag($"1.0-{image.Base.RuntimeIdentifier}", image.Base.RuntimeIdentifier))];
        return await ImageConfirmation.ReadBackAsync(client, Repository, digest, [.. expected], tags, Source, CancellationToken.None);
    }

    private static EffectiveImage Expect(string runtimeIdentifier)
    {
        TestImage image = TestImage.Create(new() { ["User"] = "1654", ["Env"] = new JsonArray("PATH=/usr/bin") }, runtimeIdentifier == "linux-x64" ? "amd64" : "arm64",
            history: [new JsonObject { ["created_by"] = BaseStep }]);
        Assert.True(ImageConfig.TryRead(image.Config.Bytes, out ImageConfig? config, out _));
        Assert.True(ImageReference.TryParse("registry.example/base:1", out ImageReference? reference, out _));
        var verified = new VerifiedBase(
            reference, runtimeIdentifier, null, image.Manifest.Digest, TestImage.OciManifest, image.Config.Digest, ReadLayers(image), config);
        var intent = new ContainerIntent
        {
            ProjectPath = "/repo/iris.csproj",
            BaseImage = new Setting("ContainerBaseImage", "registry.example/base:1", ValueSource.Sdk.Instance),
            RuntimeIdentifiers = [runtimeIdentifier],
            Command = new CommandIntent { AppCommand = [new Setting("ContainerAppCommand", "dotnet", ValueSource.Sdk.Instance)] },
            Settings = new ImageSettings
            {
                WorkingDirectory = new Setting("ContainerWorkingDirectory", "/app/", ValueSource.Sdk.Instance),
                Environment = [new Setting("MODEL", "iris.onnx", ValueSource.Sdk.Instance)],
                Labels = [new Setting("team", "ml", ValueSource.Sdk.Instance)],
                Ports = [new Setting("8080", "tcp", ValueSource.Sdk.Instance)],
            },
        };
        Assert.True(EffectiveImage.TryCompute(verified, intent, out EffectiveImage? effective, out _));
        return effective;
    }

    private static System.Collections.Immutable.ImmutableArray<Descriptor> ReadLayers(TestImage image)
    {
        Assert.True(ImageDocument.TryRead(image.Manifest.Bytes, out ImageDocument? document, out _));
        return ((ImageDocument.Manifest)document).Layers;
    }

    private Blob Publish(EffectiveImage expected, string change = "")
    {
        Blob config = Blob.Json(Config(expected, change), TestImage.OciConfig);
        Blob blob = Blob.Json(Manifest(expected, change), TestImage.OciManifest);
        registry.Manifest(Repository, blob.Digest, blob).Manifest(Repository, "1.0", blob).Manifest(Repository, $"1.0-{expected.Base.RuntimeIdentifier}", blob)
            .Answer($"/v2/{Repository}/blobs/{config.Digest}", new HttpReply(200, config.Bytes, "application/octet-stream"));
        return blob;
    }

    private static JsonObject Manifest(EffectiveImage expected, string change)
    {
        var layers = new JsonArray([.. expected.Base.Layers.Select(layer => (JsonNode)Layer(
            change == "base-layer" ? Digest('e') : layer.Digest,
            change == "layer-type" ? "application/vnd.oci.image.layer.v1.tar+zstd" : layer.MediaType!,
            change == "layer-size" ? layer.Size + 1 : layer.Size))]);
        foreach (char layer in change == "extra-layer" ? "fd" : "f")
            layers.Add((JsonNode)Layer(Digest(layer), "application/vnd.oci.image.layer.v1.tar+gzip", 10));

        return new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = TestImage.OciManifest,
            ["config"] = TestImage.Descriptor(Blob.Json(Config(expected, change), TestImage.OciConfig)),
            ["layers"] = layers,
        };

        static string Digest(char fill) => "sha256:" + new string(fill, 64);

        static JsonObject Layer(string digest, string mediaType, long size) => new() { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = size };
    }

    private Blob PublishIndex(params (Blob Manifest, string Architecture)[] images)
    {
        var manifests = new JsonArray([.. images.Select(image =>
        {
            JsonObject descriptor = TestImage.Descriptor(image.Manifest);
            descriptor["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = image.Architecture };
            return (JsonNode)descriptor;
        })]);
        Blob index = Blob.Json(new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = TestImage.OciIndex, ["manifests"] = manifests }, TestImage.OciIndex);
        registry.Manifest(Repository, index.Digest, index).Manifest(Repository, "1.0", index);
        return index;
    }

    private static JsonObject Config(EffectiveImage expected, string change)
    {
        var environment = expected.Config.Environment.ToDictionary(pair => pair.Key, pair => pair.Value);
        switch (change)
        {
            case "variable-changed":
                environment["MODEL"] = "other.onnx";
                break;
            case "variable-added":
                environment["LD_PRELOAD"] = "/tmp/x.so";
                break;
            case "variable-removed":
                environment.Remove("MODEL");
                break;
            default:
                break;
        }

        var config = new JsonObject
        {
            ["Env"] = Strings(environment.Select(pair => $"{pair.Key}={pair.Value}")),
            ["Labels"] = new JsonObject(expected.Config.Labels.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)(change == "label" ? "other" : pair.Value)))),
            ["ExposedPorts"] = new JsonObject { [change == "port" ? "22/tcp" : "8080/tcp"] = new JsonObject() },
            ["Entrypoint"] = Strings(change == "entrypoint" ? ["sh"] : expected.Config.Entrypoint),
            ["Cmd"] = Strings(expected.Config.Command),
            ["WorkingDir"] = change == "directory" ? "/tmp" : expected.Config.WorkingDirectory,
        };
        if (change != "no-user")
            config["User"] = change == "user" ? "root" : expected.Config.User;

        if (change == "volume")
            config["Volumes"] = new JsonObject { ["/app"] = new JsonObject() };

        if (change == "stop-signal")
            config["StopSignal"] = "SIGKILL";

        if (change == "health-check")
            config["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("CMD-SHELL", "exfiltrate") };

        IEnumerable<string> layers = change == "diff-ids" ? ["sha256:" + new string('0', 64)] : expected.Config.Layers.Append("sha256:" + new string('f', 64));
        return new JsonObject
        {
            ["architecture"] = change == "platform" ? "arm64" : expected.Config.Architecture,
            ["os"] = "linux",
            ["config"] = config,
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = Strings(layers) },
            ["history"] = new JsonArray([.. History(change).Select(step => (JsonNode)new JsonObject { ["created_by"] = step })]),
        };
    }

    private static IEnumerable<string> History(string change) => change switch
    {
        "history" => ["RUN something else", ".NET SDK Container Tooling, version 10"],
        "history-added" => [BaseStep, "RUN something else", ".NET SDK Container Tooling, version 10"],
        _ => [BaseStep, ".NET SDK Container Tooling, version 10"],
    };

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
