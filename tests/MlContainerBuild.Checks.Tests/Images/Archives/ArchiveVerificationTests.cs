using System.Formats.Tar;
using System.Text;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Archives;

namespace MlContainerBuild.Checks.Tests.Images.Archives;

public sealed class ArchiveVerificationTests : IDisposable
{
    private readonly ArchiveUnderTest archive = new();

    public void Dispose() => archive.Dispose();

    [Fact]
    public void ArchiveAsRehearsed_IsVerifiedWithItsDigest()
    {
        ArchiveVerification verification = archive.Write().Verify();

        Assert.Empty(verification.Findings);
        Assert.Equal(archive.Digest, verification.Digest);
    }

    [Fact]
    public void ChangedConfiguration_IsRefused()
    {
        archive.ImageUser = "root";

        AssertRefused("its user is 'root' instead of '1654'");
    }

    [Fact]
    public void ConfigurationUnderTheDigestOfAnother_IsRefused()
    {
        archive.Damage = blobs => Change(blobs, bytes => Encoding.UTF8.GetString(bytes).Contains("\"rootfs\"", StringComparison.Ordinal));

        AssertRefused("hashes to sha256:");
    }

    [Fact]
    public void LayerUnderTheDigestOfAnother_IsRefused()
    {
        archive.Damage = blobs => Change(blobs, bytes => bytes[0] != (byte)'{');

        AssertRefused("hashes to sha256:");
    }

    [Fact]
    public void LayerThatTheConfigurationDoesNotName_IsRefused()
    {
        archive.DiffId = "sha256:" + new string('0', 64);

        AssertRefused("its application layer does not hash to what its configuration says");
    }

    [Fact]
    public void MissingLayer_IsRefused()
    {
        archive.Damage = blobs => blobs.Remove(blobs.First(blob => blob.Value[0] != (byte)'{').Key);

        AssertRefused("the archive lacks one of its layers");
    }

    [Fact]
    public void ChangedFile_IsRefused()
    {
        archive.Files["app/web.dll"] = "cod3"u8.ToArray();

        AssertRefused("'app/web.dll' in its application layer is not the published file");
    }

    [Fact]
    public void FileThatNobodyPublished_IsRefused()
    {
        archive.Files["app/evil.so"] = [1];

        AssertRefused("its application layer holds 'app/evil.so', which is no file of the publish directory");
    }

    [Fact]
    public void FileThatIsMissing_IsRefused()
    {
        archive.Files.Remove("app/models/iris.onnx");

        AssertRefused("its application layer lacks 'app/models/iris.onnx'");
    }

    [Theory]
    [InlineData("/app/web.dll")]
    [InlineData("app/../etc/passwd")]
    [InlineData("etc/passwd")]
    [InlineData("app/.wh.web.dll")]
    public void PathOutsideThePublishDirectory_IsRefused(string name)
    {
        archive.Entries.Add(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) });

        AssertRefused($"its application layer holds '{name}'");
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public void Link_IsRefused(TarEntryType type)
    {
        archive.Files.Remove("app/web.dll");
        archive.Entries.Add(new PaxTarEntry(type, "app/web.dll") { LinkName = "/etc/passwd" });

        AssertRefused("its application layer holds 'app/web.dll'");
    }

    [Fact]
    public void FileTwice_IsRefused()
    {
        archive.Entries.Add(new PaxTarEntry(TarEntryType.RegularFile, "app/web.dll") { DataStream = new MemoryStream("code"u8.ToArray()) });

        AssertRefused("its application layer holds 'app/web.dll' twice");
    }

    [Fact]
    public void SetUserBit_IsRefused()
    {
        archive.Files.Remove("app/web.dll");
        archive.Entries.Add(new PaxTarEntry(TarEntryType.RegularFile, "app/web.dll")
        {
            DataStream = new MemoryStream("code"u8.ToArray()),
            Mode = UnixFileMode.SetUser | UnixFileMode.UserRead,
        });

        AssertRefused("set-user");
    }

    // 64 MiB of zeros are 64 KiB of gzip; the publish directory has 5 KB.
    [Fact]
    public void LayerThatUnpacksToFarMoreThanWasPublished_IsNotReadToItsEnd()
    {
        archive.Layer = new byte[64 * 1024 * 1024];

        AssertRefused("cannot be read to the end");
    }

    [Theory]
    [InlineData("1.0", "1.0")]
    [InlineData("1.0", "latest")]
    [InlineData("2.0", null)]
    public void OtherTagsThanThoseOfThePublish_AreRefused(string first, string? second)
    {
        archive.Tags.Clear();
        archive.Tags.AddRange(second is null ? [first] : [first, second]);

        AssertRefused("by exactly the tags of the publish");
    }

    [Fact]
    public void TruncatedArchive_IsRefusedWhereverItEnds()
    {
        archive.Write();
        byte[] whole = File.ReadAllBytes(archive.ArchivePath);
        int end = whole.AsSpan().LastIndexOfAnyExcept((byte)0);
        for (int length = 0; length < end; length += 509)
        {
            File.WriteAllBytes(archive.ArchivePath, whole[..length]);

            Assert.Equal("MLC3042", Assert.Single(archive.Verify().Findings).Rule.Id);
        }
    }

    [Fact]
    public void DamagedArchive_NeverThrows()
    {
        archive.Write();
        byte[] whole = File.ReadAllBytes(archive.ArchivePath);
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = [.. whole];
            for (int i = 0; i < 8; i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(archive.ArchivePath, damaged);
            Assert.InRange(archive.Verify().Findings.Length, 0, 1);
        }
    }

    [Fact]
    public void NoArchive_IsRefused() => AssertRefused(archive.Verify(), "the archive cannot be read");

    private void AssertRefused(string difference) => AssertRefused(archive.Write().Verify(), difference);

    private static void AssertRefused(ArchiveVerification verification, string difference)
    {
        Finding finding = Assert.Single(verification.Findings);
        Assert.Equal("MLC3042", finding.Rule.Id);
        Assert.Contains(difference, finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("before anything was pushed.", finding.Message, StringComparison.Ordinal);
    }

    private static void Change(Dictionary<string, byte[]> blobs, Func<byte[], bool> which)
    {
        string digest = blobs.First(blob => which(blob.Value)).Key;
        blobs[digest] = [.. blobs[digest], (byte)' '];
    }
}
