using BenchmarkDotNet.Attributes;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Benchmarks.Secrets;

/// <summary>The search for literals alone: vectors against the dense automaton, whose ratio holds on a noisy machine too.</summary>
public class SearchBenchmarks
{
    private readonly LiteralScanner scanner = new(LiteralSet.All, LiteralTable.Places);
    private readonly LiteralAutomaton automaton = new(LiteralSet.All);
    private readonly List<LiteralHit> hits = [];
    private byte[] buffer = [];
    private int length;

    [Params(TextKind.CSharp, TextKind.Json, TextKind.Base64, TextKind.Random)]
    public TextKind Text { get; set; }

    [GlobalSetup]
    public void ReadText()
    {
        byte[] text = Texts.Read(Text);
        length = text.Length;
        buffer = new byte[length + LiteralScanner.Slack];
        text.CopyTo(buffer, 0);
    }

    [Benchmark(Baseline = true)]
    public int Automaton()
    {
        hits.Clear();
        automaton.Find(buffer, 0, length, hits);
        return hits.Count;
    }

    [Benchmark]
    public int Vectors()
    {
        hits.Clear();
        scanner.Find(buffer, 0, length, hits);
        return hits.Count;
    }
}
