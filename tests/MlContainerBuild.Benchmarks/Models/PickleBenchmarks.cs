using BenchmarkDotNet.Attributes;

using MlContainerBuild.Checks.Models;

namespace MlContainerBuild.Benchmarks.Models;

/// <summary>The walk over a pickle's instructions. Divide <see cref="Size"/> by the time.</summary>
[MemoryDiagnoser]
public class PickleBenchmarks
{
    /// <summary>Bytes, about.</summary>
    public const int Size = 64 << 20;

    private byte[] pickle = [];

    /// <summary>What the pickle is a list of.</summary>
    public enum Content
    {
        /// <summary>Floats, nine bytes each.</summary>
        Numbers,

        /// <summary>Texts of 20 characters, each put in the memo as Python does.</summary>
        Texts,

        /// <summary>Objects of one class with a dictionary of two entries.</summary>
        Objects,
    }

    [Params(Content.Numbers, Content.Texts, Content.Objects)]
    public Content Of { get; set; }

    [GlobalSetup]
    public void Write()
    {
        var stream = new MemoryStream(Size + 1024);
        byte[] item = Item();
        stream.Write([0x80, 4, .. "ccollections\nOrderedDict\n"u8, (byte)'q', 0, (byte)'0', (byte)']', 0x94]);
        while (stream.Length < Size)
        {
            stream.WriteByte((byte)'(');
            for (int i = 0; i < 1000; i++)
                stream.Write(item);
            stream.WriteByte((byte)'e');
        }

        stream.WriteByte((byte)'.');
        pickle = stream.ToArray();
    }

    [Benchmark]
    public int Walk()
    {
        ModelFile model = ModelReader.Read(new MemoryStream(pickle), "model.pkl")!;
        return model.Problem is null ? model.Imports.Length : throw new InvalidOperationException(model.Problem.Reason);
    }

    private byte[] Item() => Of switch
    {
        Content.Numbers => [(byte)'G', 0x3F, 0xF0, 0, 0, 0, 0, 0, 0],
        Content.Texts => [0x8C, 20, .. "encoder.layer.weight"u8, 0x94],
        _ => [(byte)'h', 0, (byte)')', 0x81, 0x94, (byte)'}', (byte)'(', 0x8C, 1, (byte)'a', (byte)'K', 1, 0x8C, 1, (byte)'b', (byte)'M', 1, 1, (byte)'u', (byte)'b'],
    };
}
