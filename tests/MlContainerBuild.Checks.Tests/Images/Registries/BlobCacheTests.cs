using System.Runtime.Versioning;

using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

public sealed class BlobCacheTests : IDisposable
{
    private readonly TestMachine machine = new();
    private readonly RegistryContent content;

    public BlobCacheTests()
    {
        Blob blob = TestImage.Create().Manifest;
        content = new RegistryContent(blob.Digest, blob.MediaType, blob.Bytes);
    }

    public void Dispose() => machine.Dispose();

    private BlobCache Cache => BlobCache.ForUser(machine.Set("XDG_CACHE_HOME", machine.Home.Path).Environment);

    private string PathOfContent => Path.Combine(machine.Home.Path, "mlcontainerbuild", "blobs", "sha256", content.Digest["sha256:".Length..]);

    [Fact]
    public void WhatWasWritten_IsReadAgain()
    {
        Cache.Write(content);
        Cache.Write(content);

        Assert.Equal(content.Bytes.ToArray(), Cache.Read(content.Digest, 1_000_000));
        Assert.Equal([PathOfContent], Directory.GetFiles(machine.Home.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void WhatIsNotThere_IsNull() => Assert.Null(Cache.Read(content.Digest, 1_000_000));

    [Fact]
    public void WhatHasChangedOnDisk_IsNullAndCanBeWrittenAgain()
    {
        Cache.Write(content);
        File.AppendAllText(PathOfContent, " ");
        Assert.Null(Cache.Read(content.Digest, 1_000_000));

        Cache.Write(content);

        Assert.NotNull(Cache.Read(content.Digest, 1_000_000));
    }

    [Fact]
    public void WhatIsTooLarge_IsNull()
    {
        Cache.Write(content);

        Assert.Null(Cache.Read(content.Digest, content.Bytes.Length - 1));
    }

    [Fact]
    public void CacheThatCannotBeUsed_IsNoFailure()
    {
        machine.Home.Write("mlcontainerbuild", "a file where the folder should be");

        Cache.Write(content);

        Assert.Null(Cache.Read(content.Digest, 1_000_000));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Cache_IsTheUsersAlone()
    {
        Cache.Write(content);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOfContent));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(PathOfContent)!));
    }

    [Fact]
    public void RelativeCacheFolder_IsIgnored()
    {
        machine.Set("XDG_CACHE_HOME", "relative");

        BlobCache.ForUser(machine.Environment).Write(content);

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(machine.Home.Path), "*", SearchOption.AllDirectories));
    }
}
