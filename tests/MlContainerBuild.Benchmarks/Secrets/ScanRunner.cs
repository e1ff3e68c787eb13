using MlContainerBuild.Secrets;

namespace MlContainerBuild.Benchmarks.Secrets;

/// <summary>Scans every file below a directory and prints what was found, masked: the whole process to compare with another scanner's.</summary>
internal static class ScanRunner
{
    public static int Run(string directory)
    {
        int files = 0, findings = 0;
        long bytes = 0;
        using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (string path in Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var result = SecretStream.Scan(stream);
            foreach (var secret in result.Secrets)
                output.WriteLine($"{path}({secret.Position?.Line ?? 0},{secret.Position?.Column ?? 0}): {secret.Format.Id}: {secret.Name} {secret.Mask} at {secret.Offset}{(secret.IsVerified ? ", checksum holds" : "")}");
            if (result.IsCapped)
                output.WriteLine($"{path}: not scanned to its end");
            files++;
            bytes += stream.Length;
            findings += result.Secrets.Count;
        }

        output.WriteLine($"{findings} findings in {files} files of {bytes / 1_000_000} MB");
        return findings == 0 ? 0 : 1;
    }
}
