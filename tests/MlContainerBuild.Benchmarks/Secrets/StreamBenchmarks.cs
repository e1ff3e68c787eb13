using BenchmarkDotNet.Attributes;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Benchmarks.Secrets;

/// <summary>The engine end to end, from the page cache to the findings. Divide <see cref="Texts.Size"/> by the time.</summary>
[MemoryDiagnoser]
public class StreamBenchmarks
{
    private string path = "";

    [Params(TextKind.CSharp, TextKind.Json, TextKind.Base64, TextKind.Random, TextKind.Weights, TextKind.ManagedCode, TextKind.Hostile)]
    public TextKind Text { get; set; }

    [GlobalSetup]
    public void WriteFile()
    {
        path = Path.GetTempFileName();
        File.WriteAllBytes(path, Texts.Read(Text));
    }

    [GlobalCleanup]
    public void DeleteFile() => File.Delete(path);

    [Benchmark]
    public int Scan()
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return SecretStream.Scan(stream).Secrets.Count;
    }
}
