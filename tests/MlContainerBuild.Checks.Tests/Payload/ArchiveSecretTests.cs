using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

using MlContainerBuild.Checks.Tests.Images;

namespace MlContainerBuild.Checks.Tests.Payload;

public sealed class ArchiveSecretTests : IDisposable
{
    private const string Leak = ": everyone who can pull the image can read it.";

    private readonly PublishFolder folder = new();

    private static string Settings => $$"""{ "ApiKey": "{{Made.ApiKey}}" }""";

    [Fact]
    public void SettingInAZip_IsNamedWithItsEntry()
        => Assert.Equal(
            ["data/bundle.zip: Error MLC3022: The published file 'data/bundle.zip' holds 'config/appsettings.json', which sets ApiKey to a secret (key or token)" + Leak],
            folder.With("data/bundle.zip", Zip(("readme.txt", "nothing"), ("config/appsettings.json", Settings))).Tell());

    [Fact]
    public void SettingInATar_Triggers()
        => Assert.Equal(
            ["a.tar: Error MLC3022: The published file 'a.tar' holds 'appsettings.json', which sets ApiKey to a secret (key or token)" + Leak],
            folder.With("a.tar", Tar("appsettings.json", Settings)).Tell());

    [Fact]
    public void KeyInACompressedTar_IsACredentialFile()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);

        string told = Assert.Single(folder.With("a.tar.gz", GZip(Tar("certs/site.key", key.ExportPkcs8PrivateKeyPem()))).Tell());

        Assert.StartsWith("a.tar.gz: Error MLC3023: The publish folder holds 'a.tar.gz' with 'certs/site.key' in it, a private key", told, StringComparison.Ordinal);
    }

    [Fact]
    public void TokenInACompressedFile_Triggers()
        => Assert.Equal(
            ["site.js.gz: Error MLC3022: The published file 'site.js.gz' holds 'site.js', which holds a secret (Hugging Face user token, hf_…)" + Leak],
            folder.With("site.js.gz", GZip(Encoding.UTF8.GetBytes("// " + Made.HuggingFaceToken))).Tell());

    [Fact]
    public void ArchiveInAnArchive_IsNotOpened()
        => Assert.Empty(folder.With("a.zip", Zip(("inner.zip", Encoding.Latin1.GetString(Zip(("appsettings.json", Settings)))))).Tell());

    [Fact]
    public void ZipThatUnpacksToFarMore_IsReadInPartAndSaid()
    {
        byte[] zip = Zip(Enumerable.Range(0, 40).Select(i => ($"{i}.txt", new string('a', 8 * 1024 * 1024))).ToArray());

        Assert.Equal(
            ["Info MLC9009: Searched for secrets in part only, because of encryption, damage or sheer amount: the published file 'bomb.zip'."],
            folder.With("bomb.zip", zip).Check().Select(finding => $"{finding.Severity} {finding.Rule.Id}: {finding.Message}"));
    }

    [Fact]
    public void BrokenZip_IsSaid()
        => Assert.Equal(["MLC9009"], folder.With("broken.zip", [.. "PK\u0003\u0004"u8, .. new byte[600]]).Check().Select(finding => finding.Rule.Id));

    [Fact]
    public void ManyEntries_AreReadUpToTheLimit()
    {
        (string, string)[] entries = [.. Enumerable.Range(0, 20_001).Select(i => ($"{i}", "x"))];

        Assert.Equal(["MLC9009"], folder.With("many.zip", Zip(entries)).Check().Select(finding => finding.Rule.Id));
    }

    [Fact]
    public void OrdinaryArchive_DoesNotTrigger() => Assert.Empty(folder.With("a.zip", Zip(("a.txt", "text"), ("b/", ""), ("b/c.json", "{}"))).With("b.tar", Tar("x", "y")).Tell());

    public void Dispose() => folder.Dispose();

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in entries)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(Encoding.Latin1.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static byte[] Tar(string name, string text)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });

        return stream.ToArray();
    }

    private static byte[] GZip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            gzip.Write(bytes);

        return stream.ToArray();
    }
}
