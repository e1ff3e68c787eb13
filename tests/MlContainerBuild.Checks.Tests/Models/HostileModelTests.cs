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

    public static TheoryData<string, byte[]> Archives => new()
    {
        { "more entries than announced", ZipWriter.Announce(1, Evil) },
        { "fewer entries than announced", ZipWriter.Announce(9, Evil) },
        { "a broken pickle before", MadeFile.Zip(("a/first.pkl", [0x80, 2, 0]), ("a/data.pkl", PickleWriter.Call("os", "system", "id"))) },
    };

    private static byte[] Evil => MadeFile.Zip(("a/version", "3"u8.ToArray()), ("a/notes.txt", "text"u8.ToArray()), ("a/data.pkl", PickleWriter.Call("os", "system", "id")));

    [Theory]
    [MemberData(nameof(Archives))]
    public void ArchiveThatReadersDisagreeOn_HidesNothing(string what, byte[] archive) =>
        Assert.True(MadeFile.Read(archive, "model.pt")!.Imports.Contains(new PickleImport("os.system", PickleImportKind.Dangerous)), what);

    [Fact]
    public void EntryWhoseSizeIsANegativeNumber_IsReadToTheEndOfTheFile() =>
        Assert.Equal(ModelFormat.MlNet, MadeFile.Read(ZipWriter.Large("Predictor/Model.key", "text"u8.ToArray(), announced: -5), "model.zip")?.Format);

    [Fact]
    public void ThousandEntriesOfTheSameBytes_AreReadSoFar()
    {
        byte[] pickle = [0x80, 2, .. Enumerable.Repeat("N0"u8.ToArray(), 512 << 10).SelectMany(pair => pair), (byte)'N', (byte)'.'];

        ModelFile model = MadeFile.Read(ZipWriter.Shared("a/data.pkl", pickle, entries: 1000), "model.pt")!;

        Assert.Equal("the pickles of the archive are longer together than the archive can be", model.Problem?.Reason);
    }

    public static TheoryData<string, byte[]> Pickles
    {
        get
        {
            byte[] far = [0x80, 2, (byte)'N', (byte)'r', 0xFF, 0xFF, 0x0F, 0, (byte)'.'];
            byte[] kept = [(byte)'C', (byte)far.Length, .. far, (byte)'0'];
            return new()
            {
                { "a place far off in the memo of many pickles", [.. far, .. Enumerable.Repeat("\x80\x02N0N."u8.ToArray(), 2000).SelectMany(pickle => pickle)] },
                { "the same in pickles in bytes", [0x80, 4, .. Enumerable.Repeat(kept, 500).SelectMany(pickle => pickle), (byte)'N', (byte)'.'] },
                { "many dangerous imports", [0x80, 2, .. Enumerable.Range(0, 5000).SelectMany(i => new PickleWriter().Global("os", $"f{i}").Op('0').Bytes), (byte)'N', (byte)'.'] },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Pickles))]
    public void PickleThatIsMeantToCostMuch_CostsAboutWhatItIsLong(string what, byte[] pickle)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        ModelFile model = MadeFile.Read(pickle, "model.pkl")!;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 12 << 20);
        Assert.Null(model.Problem);
        Assert.Equal(what.StartsWith("many", StringComparison.Ordinal) ? 2000 : 0, model.Imports.Length);
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
