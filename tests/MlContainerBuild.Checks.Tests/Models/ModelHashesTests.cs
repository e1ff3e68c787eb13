using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;
using MlContainerBuild.Checks.Tests.Models.Rules;

namespace MlContainerBuild.Checks.Tests.Models;

public sealed class ModelHashesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Hash_IsThatOfTheContent()
    {
        string path = folder.Write("m.bin", "weights");

        Assert.Equal(ModelFolder.Sha256("weights"u8.ToArray()), new ModelHashes(null).Sha256(path));
        Assert.Null(new ModelHashes(null).Sha256(path + ".gone"));
    }

    [Fact]
    public void RememberedHash_IsNotTakenForAChangedFileOfTheSameSizeAndTime()
    {
        string path = folder.Write("m.bin", "weights");
        string cache = Path.Combine(folder.Path, "obj", "model.hashes");
        DateTime time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);
        var first = new ModelHashes(cache);
        first.Sha256(path);
        first.Save();

        File.WriteAllText(path, "WEIGHTS");
        File.SetLastWriteTimeUtc(path, time);

        Assert.Equal(ModelFolder.Sha256("WEIGHTS"u8.ToArray()), new ModelHashes(cache).Sha256(path));
    }

    // Only a file that has been left alone for a moment is remembered; those of the operating system have been.
    [Fact]
    public void FileThatHasNotChanged_IsReadOnce()
    {
        string path = typeof(object).Assembly.Location;
        string cache = Path.Combine(folder.Path, "obj", "model.hashes");
        var first = new ModelHashes(cache);
        string? hash = first.Sha256(path);
        first.Save();
        var second = new ModelHashes(cache);

        Assert.Equal(hash, second.Sha256(path));
        Assert.Equal((1, OperatingSystem.IsLinux() ? 0 : 1), (first.HashedFiles, second.HashedFiles));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a cache\n\n")]
    public void DamagedCache_IsIgnored(string text)
    {
        string path = folder.Write("m.bin", "weights");

        Assert.Equal(ModelFolder.Sha256("weights"u8.ToArray()), new ModelHashes(folder.Write("model.hashes", text)).Sha256(path));
    }

    public void Dispose() => folder.Dispose();
}
