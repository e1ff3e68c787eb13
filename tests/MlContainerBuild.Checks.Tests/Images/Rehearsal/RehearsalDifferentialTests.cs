using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Tests.Images.Bases;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Rehearsal;

/// <summary>
/// The rehearsal against the SDK's own task over images and projects drawn from a seed: what the SDK makes is what we
/// computed, and where it fails we refuse. A difference is printed with the case's number.
/// </summary>
public sealed class RehearsalDifferentialTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rehearsal_EqualsWhatTheSdkMakes(int batch)
    {
        const int cases = 150;
        using var machine = new TestMachine();
        using var registry = new StubRegistry();
        var cache = new BlobCache(Path.Combine(machine.Home.Path, "blobs"));
        var reader = new BaseImageReader(machine.Environment, cache, InstalledSdk.Graph);
        string emptyFolder = Directory.CreateDirectory(Path.Combine(machine.Home.Path, "publish")).FullName;
        var differences = new List<string>();
        int built = 0;
        for (int number = batch * 1_000; number < (batch * 1_000) + cases; number++)
        {
            var generator = new ImageGenerator(number);
            string rid = generator.RuntimeIdentifier();
            ContainerIntent intent = generator.Intent($"{registry.Name}/{Serve(registry, generator, number)}", rid);

            SdkImage? expected = SdkImageBuilder.Build(intent, rid, emptyFolder);
            BaseImageReading reading = await reader.ReadAsync(intent, Policy.Default, CancellationToken.None);
            EffectiveImage? actual = reading.Bases is [var verified] && EffectiveImage.TryCompute(verified, intent, out EffectiveImage? image, out _) ? image : null;

            built += expected is null ? 0 : 1;
            string theirs = expected is null ? "fails" : Show(expected);
            string ours = actual is null ? "fails" : Show(actual);
            if (theirs != ours)
            {
                differences.Add($"case {number} ({rid}):\n  SDK:  {theirs}\n  ours: {ours}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(5)));

        // Were nearly all cases refused by both, nothing would have been compared.
        Assert.InRange(built, cases / 2, cases - 10);
    }

    /// <summary>Puts a base image, single or multi-platform, into the registry and gives its reference.</summary>
    private static string Serve(StubRegistry registry, ImageGenerator generator, int number)
    {
        string repository = string.Create(CultureInfo.InvariantCulture, $"base/{number}");
        (string Architecture, string? Variant)[] platforms = generator.Chance(0.3)
            ? [generator.OneOf<(string, string?)>([("amd64", null), ("arm64", "v8"), ("arm", "v7")])]
            : [.. new (string, string?)[] { ("amd64", null), ("arm64", "v8"), ("arm", "v7"), ("arm", null), ("386", null), ("x386", null), ("riscv64", null), ("amd64", "v3") }
                .Where(_ => generator.Chance(0.8))];
        (TestImage Image, string Architecture, string? Variant)[] images =
            [.. platforms.Select(platform => (generator.Base(platform.Architecture, platform.Variant), platform.Architecture, platform.Variant))];
        foreach ((TestImage image, _, _) in images)
        {
            registry.Add(repository, "unused", image);
        }

        Blob root = images is [var single] && generator.Chance(0.7) ? single.Image.Manifest : TestImage.Index(generator.Chance(0.5), images);
        registry.Manifest(repository, root.Digest, root).Manifest(repository, "10.0", root).Manifest(repository, "latest", root);
        return repository + generator.OneOf(["", ":10.0", $"@{root.Digest}", $":10.0@{root.Digest}"]);
    }

    private static string Show(SdkImage image)
    {
        Assert.True(ImageConfig.TryRead(Encoding.UTF8.GetBytes(image.Configuration), out ImageConfig? config, out string? error), error);

        JsonObject json = JsonNode.Parse(image.Configuration)!.AsObject();
        Assert.Equal(["config", "created", "rootfs", "architecture", "os", "history"], json.Select(property => property.Key));
        return $"{ImageText.WithoutApplication(config)} | {image.ManifestMediaType}";
    }

    private static string Show(EffectiveImage image)
    {
        // The settings, which the rules see, say the same as the configuration, which is compared.
        Assert.Equal(image.Config.Environment, image.Settings.Environment.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)));
        Assert.Equal(image.Config.Labels, image.Settings.Labels.Select(label => KeyValuePair.Create(label.Name, label.Value)));
        Assert.Equal(image.Config.Entrypoint.Concat(image.Config.Command), image.Settings.Command.Select(argument => argument.Value));
        Assert.Equal(image.Config.User ?? "", image.Settings.User?.Value ?? "");
        return $"{ImageText.Of(image.Config)} | {image.ManifestMediaType}";
    }
}
