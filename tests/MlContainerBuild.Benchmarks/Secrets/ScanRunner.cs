using MlContainerBuild.Secrets;

namespace MlContainerBuild.Benchmarks.Secrets;

/// <summary>Scans every file below a directory and prints what was found, masked: the whole process to compare with another scanner's.</summary>
internal static class ScanRunner
{
    public static int Run(string directory)
    {
        int findings = 0;
        foreach (string path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            foreach (var match in SecretScanner.Scan(File.ReadAllBytes(path)))
            {
                Console.WriteLine($"{path} @{match.Start}: {match.Name}");
                findings++;
            }
        }

        Console.WriteLine($"{findings} findings");
        return findings == 0 ? 0 : 1;
    }
}
