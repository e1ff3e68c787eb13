using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Archives;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Archives;

/// <summary>An archive as the SDK writes it, of a publish directory with two files; a test damages one thing and asks what is found.</summary>
internal sealed class ArchiveUnderTest : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("archive-").FullName;
    private readonly TestImage baseImage = TestImage.Create(new() { ["User"] = "1654" });
    private readonly EffectiveImage expected;

    public ArchiveUnderTest()
    {
        PublishDirectory = Directory.CreateDirectory(Path.Combine(directory, "publish")).FullName;
        Directory.CreateDirectory(Path.Combine(PublishDirectory, "models"));
        File.WriteAllText(Path.Combine(PublishDirectory, "web.dll"), "code");
        File.WriteAllText(Path.Combine(PublishDirectory, "models", "iris.onnx"), new string('m', 5000));
        expected = Expect();
        Files = new(StringComparer.Ordinal) { ["app/web.dll"] = "code"u8.ToArray(), ["app/models/iris.onnx"] = Encoding.ASCII.GetBytes(new string('m', 5000)) };
    }

    public string PublishDirectory { get; }

    public string ArchivePath => Path.Combine(directory, "image.tar");

    /// <summary>What the application's layer holds.</summary>
    public Dictionary<string, byte[]> Files { get; }

    /// <summary>Further entries of the application's layer.</summary>
    public List<TarEntry> Entries { get; } = [];

    public List<string> Tags { get; } = ["1.0"];

    public string ImageUser { get; set; } = "1654";

    /// <summary>Takes the place of the application's unpacked layer.</summary>
    public byte[]? Layer { get; set; }

    /// <summary>Takes the place of what the configuration says the layer hashes to.</summary>
    public string? DiffId { get; set; }

    /// <summary>Changes the blobs, by digest, before they are written.</summary>
    public Action<Dictionary<string, byte[]>> Damage { get; set; } = _ => { };

    /// <summary>The digest that the archive should be found to have.</summary>
    public string Digest { get; private set; } = "";

    public ArchiveUnderTest Write()
    {
        byte[] layer = Layer ?? Tar(writer =>
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "app"));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "app/models/"));
            foreach ((string name, byte[] content) in Files)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }

            Entries.ForEach(writer.WriteEntry);
        });
        Blob packed = new(Gzip(layer), "application/vnd.oci.image.layer.v1.tar+gzip");
        Blob config = Blob.Json(Config(DiffId ?? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(layer))), TestImage.OciConfig);
        Blob manifest = Blob.Json(
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = TestImage.OciManifest,
                ["config"] = TestImage.Descriptor(config),
                ["layers"] = new JsonArray(TestImage.Descriptor(baseImage.Layer), TestImage.Descriptor(packed)),
            },
            TestImage.OciManifest);
        Digest = manifest.Digest;
        Dictionary<string, byte[]> blobs = new Blob[] { baseImage.Layer, packed, config, manifest }.ToDictionary(blob => blob.Digest, blob => blob.Bytes);
        Damage(blobs);
        var index = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["manifests"] = new JsonArray([.. Tags.Select(tag =>
            {
                JsonObject entry = TestImage.Descriptor(manifest);
                entry["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = tag };
                return (JsonNode)entry;
            })]),
        };
        File.WriteAllBytes(ArchivePath, Tar(writer =>
        {
            foreach ((string digest, byte[] bytes) in blobs)
            {
                Add(writer, "blobs/sha256/" + digest["sha256:".Length..], bytes);
            }

            Add(writer, "index.json", Encoding.UTF8.GetBytes(index.ToJsonString()));
            Add(writer, "oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        }));
        return this;
    }

    public ArchiveVerification Verify() => ArchiveVerification.Verify(
        ArchivePath, [new ExpectedImage(expected, PublishDirectory)], ["1.0"], ValueSource.Sdk.Instance, CancellationToken.None);

    public void Dispose() => Directory.Delete(directory, recursive: true);

    public static byte[] Tar(Action<TarWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
            write(writer);

        return stream.ToArray();
    }

    private static void Add(TarWriter writer, string name, byte[] bytes) =>
        writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            gzip.Write(bytes);

        return stream.ToArray();
    }

    private JsonObject Config(string diffId) => new()
    {
        ["architecture"] = "amd64",
        ["os"] = "linux",
        ["config"] = new JsonObject { ["User"] = ImageUser, ["WorkingDir"] = "/app/", ["Entrypoint"] = new JsonArray("dotnet") },
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. expected.Config.Layers.Append(diffId).Select(layer => (JsonNode)layer)]) },
    };

    private EffectiveImage Expect()
    {
        Assert.True(ImageConfig.TryRead(baseImage.Config.Bytes, out ImageConfig? config, out _));
        Assert.True(ImageReference.TryParse("registry.example/base:1", out ImageReference? reference, out _));
        var verified = new VerifiedBase(
            reference, "linux-x64", null, baseImage.Manifest.Digest, TestImage.OciManifest, baseImage.Config.Digest, [new Descriptor(baseImage.Layer.Digest, baseImage.Layer.MediaType, baseImage.Layer.Bytes.Length)], config);
        var intent = new ContainerIntent
        {
            ProjectPath = "/repo/iris.csproj",
            BaseImage = new Setting("ContainerBaseImage", "registry.example/base:1", ValueSource.Sdk.Instance),
            RuntimeIdentifiers = ["linux-x64"],
            GeneratesLabels = false,
            Command = new CommandIntent { AppCommand = [new Setting("ContainerAppCommand", "dotnet", ValueSource.Sdk.Instance)] },
            Settings = new ImageSettings { WorkingDirectory = new Setting("ContainerWorkingDirectory", "/app/", ValueSource.Sdk.Instance) },
        };
        Assert.True(EffectiveImage.TryCompute(verified, intent, out EffectiveImage? image, out _));
        return image;
    }
}
