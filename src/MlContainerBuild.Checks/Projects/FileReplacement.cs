using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MlContainerBuild.Checks.Projects;

/// <summary>Puts new content in the place of a file, whole or not at all.</summary>
public static class FileReplacement
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

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

    /// <summary>
    /// Runs a read-edit-write step while no other process of this user runs one on the same file: projects that share a
    /// Directory.Build.props are built in parallel.
    /// </summary>
    /// <exception cref="TimeoutException">Another process holds the file for longer than any edit takes.</exception>
    public static T Exclusively<T>(string path, Func<T> step)
    {
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        string name = "MlContainerBuild-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(target))))[..32];
        using var mutex = new Mutex(name, new NamedWaitHandleOptions { CurrentSessionOnly = false });
        try
        {
            if (!mutex.WaitOne(LongestWait))
            {
                throw new TimeoutException($"Another process has been editing {path} for {LongestWait.TotalSeconds} s.");
            }
        }
        catch (AbandonedMutexException)
        {
            // Its owner died; since a file is replaced whole or not at all, nothing is half done.
        }

        try
        {
            return step();
        }
        finally
        {
            mutex.ReleaseMutex();
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
