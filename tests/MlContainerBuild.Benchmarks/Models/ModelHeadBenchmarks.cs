using System.Text;

using BenchmarkDotNet.Attributes;

using MlContainerBuild.Checks.Models;

namespace MlContainerBuild.Benchmarks.Models;

/// <summary>Heads of a megabyte, before five gigabytes of weights: the time and the memory must not know of the weights.</summary>
[MemoryDiagnoser]
public class ModelHeadBenchmarks
{
    private const int HeadSize = 1 << 20;
    private const long WeightSize = 5L << 30;

    private string path = "";

    [Params(ModelFormat.Onnx, ModelFormat.Safetensors, ModelFormat.Gguf)]
    public ModelFormat Format { get; set; }

    [GlobalSetup]
    public void WriteFile()
    {
        path = Path.GetTempFileName();
        using FileStream file = File.Create(path);
        switch (Format)
        {
            case ModelFormat.Onnx:
                WriteOnnx(file);
                break;
            case ModelFormat.Safetensors:
                WriteSafetensors(file);
                break;
            default:
                WriteGguf(file);
                break;
        }

        file.SetLength(file.Length + WeightSize);
    }

    [GlobalCleanup]
    public void DeleteFile() => File.Delete(path);

    [Benchmark]
    public long Read()
    {
        ModelFile model = ModelReader.Read(path)!;
        return model.Format == Format ? model.BytesRead : throw new InvalidOperationException($"{model.Format}: {model.Problem}");
    }

    // Nodes with names and an attribute, then one initializer with all the weights.
    private static void WriteOnnx(Stream file)
    {
        var graph = new MemoryStream();
        for (int i = 0; graph.Length < HeadSize; i++)
        {
            byte[] name = Encoding.UTF8.GetBytes($"/model/layers.{i}/mlp/MatMul");
            byte[] attribute = [0x0A, 5, .. "note_"u8, 0x22, (byte)name.Length, .. name];
            byte[] node = [0x0A, (byte)name.Length, .. name, 0x1A, (byte)name.Length, .. name, 0x22, 6, .. "MatMul"u8, 0x2A, (byte)attribute.Length, .. attribute];
            graph.Write([0x0A, .. Varint((ulong)node.Length), .. node]);
        }

        byte[] weights = [0x4A, .. Varint((ulong)WeightSize)];
        byte[] tensor = [0x2A, .. Varint((ulong)weights.Length + (ulong)WeightSize), .. weights];
        file.Write([0x08, 8, 0x12, 7, .. "pytorch"u8, 0x3A, .. Varint((ulong)graph.Length + (ulong)tensor.Length + (ulong)WeightSize)]);
        graph.WriteTo(file);
        file.Write(tensor);
    }

    private static void WriteSafetensors(Stream file)
    {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        for (int i = 0; header.Length < HeadSize; i++)
            header.Append(System.Globalization.CultureInfo.InvariantCulture, $",\"model.layers.{i}.mlp.weight\":{{\"dtype\":\"F16\",\"shape\":[4096,4096],\"data_offsets\":[{i},{i + 1}]}}");
        byte[] bytes = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        file.Write([.. BitConverter.GetBytes((ulong)bytes.Length), .. bytes]);
    }

    // A vocabulary, as most of a head is.
    private static void WriteGguf(Stream file)
    {
        const int Count = 70_000;
        file.Write([.. "GGUF"u8, 3, 0, 0, 0, .. BitConverter.GetBytes(0UL), .. BitConverter.GetBytes(1UL)]);
        file.Write([.. BitConverter.GetBytes(21UL), .. "tokenizer.ggml.tokens"u8, 9, 0, 0, 0, 8, 0, 0, 0, .. BitConverter.GetBytes((ulong)Count)]);
        for (int i = 0; i < Count; i++)
        {
            byte[] token = Encoding.UTF8.GetBytes($"▁tok{i % 1000}");
            file.Write([.. BitConverter.GetBytes((ulong)token.Length), .. token]);
        }
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
