namespace MlContainerBuild.Checks.Payload;

/// <summary>One file of a publish folder, which becomes a file of the image.</summary>
/// <param name="RelativePath">Below the publish folder, with <c>/</c>.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Origin">Where the build took it from; null where no item of the build says.</param>
internal sealed record PublishedFile(string RelativePath, string Path, long Size, FileOrigin? Origin)
{
    /// <summary>The file to edit: the source, while the published file is a plain copy of it.</summary>
    public string Editable => Origin is { Package: null } && IsCopy(Origin.Path) ? Origin.Path : Path;

    // Asked only for a file with a finding: lines of a source that was transformed on its way would be wrong.
    private bool IsCopy(string source)
    {
        try
        {
            using FileStream one = File.OpenRead(source), other = File.OpenRead(Path);
            if (one.Length != other.Length)
                return false;

            byte[] left = new byte[64 * 1024], right = new byte[64 * 1024];
            for (int read; (read = one.ReadAtLeast(left, left.Length, throwOnEndOfStream: false)) > 0;)
            {
                if (other.ReadAtLeast(right.AsSpan(0, read), read, throwOnEndOfStream: false) != read || !left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, read)))
                    return false;
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>Where a build takes a published file from.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Package">Id of the NuGet package that brings it; null for a file of the projects.</param>
public sealed record FileOrigin(string Path, string? Package);
