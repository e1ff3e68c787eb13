using System.Text;

using MlContainerBuild.Checks.Images.Bases;

namespace MlContainerBuild.Checks.Tests.Images.Bases;

public sealed class ImageDocumentTests
{
    private static readonly string A = "sha256:" + new string('a', 64);
    private static readonly string B = "sha256:" + new string('b', 64);

    [Fact]
    public void Manifest_NamesItsConfigurationAndLayers()
    {
        var manifest = Assert.IsType<ImageDocument.Manifest>(Read("""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"x","digest":"A","size":1},"layers":[{"digest":"B","size":2,"mediaType":"y"},{"digest":"A"}],
             "annotations":{"config":"no"}}
            """));

        Assert.Equal(new Descriptor(A, "x", 1), manifest.Config);
        Assert.Equal([new Descriptor(B, "y", 2), new Descriptor(A, null)], manifest.Layers.ToArray());
        Assert.Equal("application/vnd.oci.image.manifest.v1+json", manifest.MediaType);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("\"7\"")]
    [InlineData("null")]
    public void WhatCanBeNoSize_IsZero(string size)
    {
        var manifest = Assert.IsType<ImageDocument.Manifest>(Read($$"""{"config":{"digest":"A","size":{{size}}},"layers":[]}"""));

        Assert.Equal(new Descriptor(A, null), manifest.Config);
    }

    [Theory]
    [InlineData("""{"os":"linux","architecture":"amd64"}""", "linux-x64")]
    [InlineData("""{"os":"linux","architecture":"arm","variant":"v7"}""", "linux-arm")]
    [InlineData("""{"os":"linux","architecture":"arm"}""", "linux-arm")]
    [InlineData("""{"os":"linux","architecture":"arm","variant":"v6"}""", "linux-armv6")]
    [InlineData("""{"os":"linux","architecture":"arm64","variant":"v8"}""", "linux-arm64")]
    [InlineData("""{"os":"windows","architecture":"amd64","os.version":"10.0.20348.1"}""", "win10-x64")]
    [InlineData("""{"os":"linux","architecture":"386"}""", null)]
    [InlineData("""{"os":"unknown","architecture":"unknown"}""", null)]
    [InlineData("""{"os":"freebsd","architecture":"amd64"}""", null)]
    [InlineData("""{"os":7,"architecture":[]}""", null)]
    [InlineData("null", null)]
    public void Index_NamesThePlatformsAsTheSdkSeesThem(string platform, string? expected)
    {
        var index = Assert.IsType<ImageDocument.Index>(Read($$$"""{"schemaVersion":2,"manifests":[{"digest":"A","platform":{{{platform}}} }]}"""));

        IndexEntry entry = Assert.Single(index.Entries);
        Assert.Equal(A, entry.Manifest.Digest);
        Assert.Equal(expected, entry.RuntimeIdentifier);
    }

    [Theory]
    [InlineData("", "the answer is not JSON, or names a property twice")]
    [InlineData("<html>", "the answer is not JSON, or names a property twice")]
    [InlineData("""{"config":{"digest":"A"},"config":{"digest":"B"},"layers":[]}""", "the answer is not JSON, or names a property twice")]
    [InlineData("""{"mediaType":"\ud800","config":{"digest":"A"},"layers":[]}""", "the answer is not JSON, or names a property twice")]
    [InlineData("[]", "the answer is no JSON object")]
    [InlineData("{}", "the document is neither a manifest (version 2) nor an index")]
    [InlineData("""{"schemaVersion":1,"fsLayers":[],"history":[]}""", "the document is neither a manifest (version 2) nor an index")]
    [InlineData("""{"manifests":[],"layers":[]}""", "the document could be read as an index and as a manifest")]
    [InlineData("""{"manifests":[],"Config":{"digest":"A"}}""", "the document could be read as an index and as a manifest")]
    [InlineData("""{"mediaType":"application/vnd.oci.image.manifest.v1+json","manifests":[]}""", "the document could be read as an index and as a manifest")]
    [InlineData("""{"mediaType":"application/vnd.docker.distribution.manifest.list.v2+json","config":{"digest":"A"},"layers":[]}""",
        "the document could be read as an index and as a manifest")]
    [InlineData("""{"config":{"digest":"A"},"CONFIG":{"digest":"B"},"layers":[]}""", "the document names a property in two spellings")]
    [InlineData("""{"config":{"digest":"A","Digest":"B"},"layers":[]}""", "the manifest names no configuration by a sha256 digest")]
    [InlineData("""{"layers":[]}""", "the manifest names no configuration by a sha256 digest")]
    [InlineData("""{"config":{"digest":"sha512:00"},"layers":[]}""", "the manifest names no configuration by a sha256 digest")]
    [InlineData("""{"config":{"digest":"../../etc/passwd"},"layers":[]}""", "the manifest names no configuration by a sha256 digest")]
    [InlineData("""{"config":{"digest":"A"}}""", "the manifest has no list of layers")]
    [InlineData("""{"config":{"digest":"A"},"layers":{}}""", "the manifest has no list of layers")]
    [InlineData("""{"config":{"digest":"A"},"layers":[null]}""", "the manifest names a layer without a sha256 digest")]
    [InlineData("""{"manifests":{}}""", "the index has no list of images")]
    [InlineData("""{"manifests":["A"]}""", "the index names an image without a sha256 digest")]
    public void AnythingElse_IsRefused(string json, string expected)
    {
        Assert.False(ImageDocument.TryRead(Bytes(json), out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void DeepNesting_IsRefused() =>
        Assert.False(ImageDocument.TryRead(Encoding.UTF8.GetBytes(new string('[', 100_000)), out _, out _));

    private static byte[] Bytes(string json) =>
        Encoding.UTF8.GetBytes(json.Replace("\"A\"", $"\"{A}\"", StringComparison.Ordinal).Replace("\"B\"", $"\"{B}\"", StringComparison.Ordinal));

    private static ImageDocument Read(string json)
    {
        Assert.True(ImageDocument.TryRead(Bytes(json), out ImageDocument? document, out string? error), error);
        return document;
    }
}
