using System.Security.Cryptography;

namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>
/// Manifests and configurations that have been read before, by digest, in a folder of the user's. Whatever is read from it is
/// hashed again, and a cache that cannot be used is no failure: the registry is asked instead.
/// </summary>
public sealed class BlobCache(string directory)
{
    private static readonly UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The cache in the user's own cache folder.</summary>
    public static BlobCache ForUser(RegistryEnvironment environment)
    {
        string root = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            : environment.NonEmpty("XDG_CACHE_HOME") is { } cache && Path.IsPathFullyQualified(cache) ? cache
            : OperatingSystem.IsMacOS() ? Path.Combine(environment.HomeDirectory, "Library", "Caches")
            : Path.Combine(environment.HomeDirectory, ".cache");
        return new BlobCache(Path.Combine(root, "mlcontainerbuild", "blobs", "sha256"));
    }

    /// <summary>The bytes, which hash to <paramref name="digest"/>; null when they are not there, or are not they.</summary>
    public byte[]? Read(string digest, int maxBytes)
    {
        try
        {
            var file = new FileInfo(PathOf(digest));
            if (!file.Exists || file.Length > maxBytes)
            {
                return null;
            }

            byte[] bytes = File.ReadAllBytes(file.FullName);
            return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)) == digest ? bytes : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps bytes that have been hashed.</summary>
    public void Write(RegistryContent content)
    {
        string path = PathOf(content.Digest);
        string part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            CreateDirectory();
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = Private;
            }

            using (var file = new FileStream(part, options))
            {
                file.Write(content.Bytes.Span);
            }

            // Another publish may write the same bytes now: each moves a whole file into place.
            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Delete(part);
        }
    }

    private string PathOf(string digest) => Path.Combine(directory, digest["sha256:".Length..]);

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, Private | UnixFileMode.UserExecute);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover of a full or read-only disk; nothing reads it.
        }
    }
}
