using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MlContainerBuild.Checks.Tests.Images.Registries.Servers;

/// <summary>A document or layer of a made-up image.</summary>
internal sealed record Blob(byte[] Bytes, string MediaType)
{
    public string Digest { get; } = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Bytes));

    public static Blob Json(JsonNode json, string mediaType) => new(Encoding.UTF8.GetBytes(json.ToJsonString()), mediaType);
}

/// <summary>A tiny image with one layer: what a registry needs to serve as a base.</summary>
internal sealed record TestImage(Blob Manifest, Blob Config, Blob Layer)
{
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    /// <param name="config">The <c>config</c> object: User, Env, Labels …</param>
    public static TestImage Create(
        JsonObject? config = null, string architecture = "amd64", string os = "linux", bool docker = false,
        string? variant = null, string? created = "2026-01-01T00:00:00Z", JsonArray? history = null)
    {
        byte[] tar = new byte[1024];
        Blob layer = new(Gzip(tar), docker ? "application/vnd.docker.image.rootfs.diff.tar.gzip" : "application/vnd.oci.image.layer.v1.tar+gzip");
        var document = new JsonObject
        {
            ["architecture"] = architecture,
            ["os"] = os,
            ["config"] = config?.DeepClone() ?? new JsonObject(),
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray("sha256:" + Convert.ToHexStringLower(SHA256.HashData(tar))),
            },
        };
        if (variant is not null)
        {
            document["variant"] = variant;
        }

        if (created is not null)
        {
            document["created"] = created;
        }

        if (history is not null)
        {
            document["history"] = history.DeepClone();
        }

        Blob configBlob = Blob.Json(document, docker ? DockerConfig : OciConfig);
        string manifestType = docker ? DockerManifest : OciManifest;
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = manifestType,
            ["config"] = Descriptor(configBlob),
            ["layers"] = new JsonArray(Descriptor(layer)),
        };
        return new TestImage(Blob.Json(manifest, manifestType), configBlob, layer);
    }

    public static Blob Index(bool docker, params (TestImage Image, string Architecture, string? Variant)[] images)
    {
        var manifests = new JsonArray();
        foreach ((TestImage image, string architecture, string? variant) in images)
        {
            JsonObject descriptor = Descriptor(image.Manifest);
            var platform = new JsonObject { ["architecture"] = architecture, ["os"] = "linux" };
            if (variant is not null)
            {
                platform["variant"] = variant;
            }

            descriptor["platform"] = platform;
            manifests.Add(descriptor);
        }

        string type = docker ? DockerList : OciIndex;
        return Blob.Json(new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = type, ["manifests"] = manifests }, type);
    }

    public static JsonObject Descriptor(Blob blob) =>
        new() { ["mediaType"] = blob.MediaType, ["digest"] = blob.Digest, ["size"] = blob.Bytes.Length };

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
