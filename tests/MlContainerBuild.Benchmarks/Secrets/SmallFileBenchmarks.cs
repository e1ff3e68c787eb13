using System.Text;
using BenchmarkDotNet.Attributes;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Benchmarks.Secrets;

/// <summary>A payload of many small files, as published services have: the time is for one file.</summary>
[MemoryDiagnoser]
public class SmallFileBenchmarks
{
    private const int Files = 10_000;

    private readonly string directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private string[] paths = [];

    [GlobalSetup]
    public void WriteFiles()
    {
        Directory.CreateDirectory(directory);
        byte[] text = Texts.Read(TextKind.CSharp);
        paths = new string[Files];
        for (int i = 0; i < Files; i++)
        {
            paths[i] = Path.Combine(directory, $"{i}.cs");
            File.WriteAllBytes(paths[i], text.AsSpan(i * 997 % (text.Length - 9_000), 9_000));
        }
    }

    [GlobalCleanup]
    public void DeleteFiles() => Directory.Delete(directory, recursive: true);

    [Benchmark(OperationsPerInvoke = Files)]
    public int Scan()
    {
        int found = 0;
        foreach (string path in paths)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            found += SecretStream.Scan(stream).Secrets.Count;
        }

        return found;
    }

    /// <summary>What opening and reading alone costs.</summary>
    [Benchmark(OperationsPerInvoke = Files, Baseline = true)]
    public int ReadOnly()
    {
        int read = 0;
        byte[] buffer = new byte[16_384];
        foreach (string path in paths)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            read += stream.Read(buffer);
        }

        return read;
    }
}

/// <summary>The first scan of a process: tables, automaton and the just-in-time compiler included.</summary>
[SimpleJob(BenchmarkDotNet.Engines.RunStrategy.ColdStart, launchCount: 10, warmupCount: 0, iterationCount: 1)]
public class FirstUseBenchmarks
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("the password of https://user@host is in the vault\n", 200)));

    [Benchmark]
    public int Scan() => SecretStream.Scan(new MemoryStream(Text)).Secrets.Count;
}
