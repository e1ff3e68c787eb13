using System.Diagnostics.CodeAnalysis;

namespace MlContainerBuild.Checks.Projects;

/// <summary>Puts new content in the place of a file, whole or not at all.</summary>
public static class FileReplacement
{
    /// <summary>
    /// Writes a temporary file beside the target and moves it there, keeping the permissions. A symbolic link stays one: what
    /// it points to is replaced.
    /// </summary>
    /// <param name="error">Why nothing was written, as the end of "cannot be written: …"; no full stop.</param>
    public static bool TryWrite(string path, ReadOnlyMemory<byte> bytes, [NotNullWhen(false)] out string? error)
    {
        error = null;
        string? temporary = null;
        try
        {
            string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            if (new FileInfo(target).IsReadOnly)
            {
                // Moving over it would succeed all the same, against what somebody has decided.
                error = "it is read-only";
                return false;
            }

            temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes.Span);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            // On Windows this keeps the access control list, which a move would not.
            File.Replace(temporary, target, destinationBackupFileName: null);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = e is UnauthorizedAccessException ? "access to it or its folder is denied" : e.Message.TrimEnd('.');
            if (temporary is not null)
            {
                TryDelete(temporary);
            }

            return false;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left behind beside the project, under a name that says whose it is.
        }
    }
}
