using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models;

/// <summary>Damaged and made-up files: never an exception, and never much work.</summary>
public sealed class HostileModelTests
{
    private static readonly (string Name, byte[] Content)[] Samples =
    [
        ("model.onnx", OnnxModel.Model().Entry(14, "source", "text").Message(7, OnnxModel.Graph().Message(5, OnnxModel.ExternalTensor("w", "w.bin"))).Bytes),
        ("model.safetensors", MadeFile.Safetensors("""{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""")),
        ("model.gguf", new GgufWriter().Text("general.architecture", "llama").Texts("tags", "a", "b").Floats("x", 4).Bytes),
        ("model.pkl", [.. MadeFile.StateDictionary, .. PickleWriter.Call("os", "system", "id")]),
        ("model.pt", MadeFile.PyTorch(MadeFile.StateDictionary)),
        ("deflated.pt", MadeFile.Zip(System.IO.Compression.CompressionLevel.Optimal, ("a/data.pkl", MadeFile.StateDictionary), ("a/notes.txt", "text"u8.ToArray()))),
        ("large.pt", ZipWriter.Large("a/data.pkl", MadeFile.StateDictionary)),
        ("model.npy", MadeFile.NumPy("|O", MadeFile.StateDictionary)),
        ("protocol0.pkl", "(dp0\nS'a'\np1\nccollections\nOrderedDict\n(tRs."u8.ToArray()),
    ];

    public static TheoryData<string> Names => [.. Samples.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void FileCutShortAnywhere_IsReadOrRefusedWithAnOffsetInIt(string name)
    {
        byte[] content = Samples.Single(sample => sample.Name == name).Content;
        for (int length = 0; length < content.Length; length++)
        {
            ModelFile? file = MadeFile.Read(content[..length], name);
            if (file?.Problem is { } problem)
                Assert.InRange(problem.Offset, 0, length);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FileWithWrongBytes_IsReadOrRefused(string name)
    {
        byte[] content = Samples.Single(sample => sample.Name == name).Content;
        var random = new Random(content.Length);
        for (int i = 0; i < 8_000; i++)
        {
            byte[] damaged = [.. content];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);

            MadeFile.Read(damaged, name);
        }
    }

    [Theory]
    [InlineData("model.pkl")]
    [InlineData("model.pt")]
    [InlineData("model.onnx")]
    public void RandomBytesUnderTheNameOfAModel_AreReadOrRefused(string name)
    {
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            if (bytes.Length > 1 && random.Next(2) == 0)
                (bytes[0], bytes[1]) = (0x80, (byte)random.Next(2, 6));
            MadeFile.Read(bytes, name);
        }
    }

    public static TheoryData<string, byte[], byte[]> HugeFiles => new()
    {
        { "model.onnx", OnnxModel.Model().Announce(7, Huge).Bytes[..], [.. new ProtobufMessage().Announce(5, Huge - 10).Bytes, .. new ProtobufMessage().Announce(9, Huge - 20).Bytes] },
        { "model.safetensors", MadeFile.Safetensors("""{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"""), [] },
        { "model.gguf", new GgufWriter().Text("general.architecture", "llama").Bytes, [] },
        { "model.pkl", new PickleWriter().Protocol(4).Op(0x8E, BitConverter.GetBytes((long)Huge)).Bytes, [] },
        { "model.engine", "ftrt\0\0\0\0"u8.ToArray(), [] },
    };

    private const ulong Huge = 5UL << 30;

    [Theory]
    [MemberData(nameof(HugeFiles))]
    public void FiveGigabytes_CostKilobytes(string name, byte[] head, byte[] more)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + name);
        try
        {
            using (FileStream file = File.Create(path))
            {
                file.Write(head);
                file.Write(more);
                file.SetLength(head.Length + (long)Huge);
            }

            ModelFile model = ModelReader.Read(path)!;

            Assert.Equal(head.Length + (long)Huge, model.Size);
            Assert.InRange(model.BytesRead, 1, 64 << 10);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void StreamThatFails_IsNoModel()
    {
        Assert.Null(ModelReader.Read(new FailingStream(OnnxModel.Plain), "model.onnx"));
    }

    private sealed class FailingStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("The disk is gone.");
    }
}
