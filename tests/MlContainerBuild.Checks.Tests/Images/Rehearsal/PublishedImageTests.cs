using System.Globalization;

using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Tests.Images.Bases;
using MlContainerBuild.Checks.Tests.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Rehearsal;

/// <summary>The rehearsal against images that the SDK has really pushed to a real registry, read back by digest.</summary>
public sealed class PublishedImageTests
{
    [Fact]
    public async Task PublishedImage_IsTheRehearsedOne()
    {
        using var machine = new TestMachine();
        using DockerRegistry registry = await DockerRegistry.StartAsync();
        var reader = new BaseImageReader(machine.Environment, new BlobCache(Path.Combine(machine.Home.Path, "blobs")), InstalledSdk.Graph);
        string application = Path.GetDirectoryName(machine.Home.Write("publish/app.dll", "not really"))!;
        int published = 0;
        for (int number = 9_000; number < 9_020 && published < 8; number++)
        {
            var generator = new ImageGenerator(number);
            TestImage amd64 = generator.Base("amd64", null);
            TestImage arm64 = generator.Base("arm64", "v8");
            Blob index = TestImage.Index(docker: false, (amd64, "amd64", null), (arm64, "arm64", "v8"));
            string name = string.Create(CultureInfo.InvariantCulture, $"{number}");
            await registry.PushAsync("base/" + name, "amd64", amd64);
            await registry.PushAsync("base/" + name, "arm64", arm64);
            await registry.PushIndexAsync("base/" + name, "10.0", index);
            string rid = generator.OneOf(["linux-x64", "linux-musl-arm64"]);
            ContainerIntent intent = generator.Intent($"{registry.Name}/base/{name}:10.0@{index.Digest}", rid);
            BaseImageReading reading = await reader.ReadAsync(intent, Policy.Default, CancellationToken.None);
            if (!EffectiveImage.TryCompute(Assert.Single(reading.Bases), intent, out EffectiveImage? rehearsed, out _))
            {
                continue;
            }

            Assert.True(SdkImageBuilder.Push(intent, rid, application, "app/" + name));

            await EqualsAsync(rehearsed, machine, registry, "app/" + name);
            published++;
        }

        Assert.Equal(8, published);
    }

    private static async Task EqualsAsync(EffectiveImage rehearsed, TestMachine machine, DockerRegistry registry, string repository)
    {
        using RegistryClient client = machine.Client(registry.Name, RegistryAccess.Destination);
        RegistryContent manifest = RegistryAssert.Value(await client.GetManifestAsync(repository, "1", CancellationToken.None));
        Assert.Equal(rehearsed.ManifestMediaType, manifest.MediaType);
        Assert.True(ImageDocument.TryRead(manifest.Bytes, out ImageDocument? document, out _));
        var image = Assert.IsType<ImageDocument.Manifest>(document);
        Assert.Equal(rehearsed.Base.Layers, image.Layers.SkipLast(1));

        RegistryContent blob = RegistryAssert.Value(await client.GetConfigAsync(repository, image.Config.Digest, CancellationToken.None));
        Assert.True(ImageConfig.TryRead(blob.Bytes, out ImageConfig? config, out _));
        Assert.Equal(ImageText.Of(rehearsed.Config), ImageText.WithoutApplication(config));
    }
}
