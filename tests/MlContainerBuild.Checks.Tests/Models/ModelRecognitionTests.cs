using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models;

/// <summary>The content says what a file is; a name alone says nothing.</summary>
public sealed class ModelRecognitionTests
{
    private static readonly Dictionary<string, byte[]> Contents = new()
    {
        ["Onnx"] = OnnxModel.Plain,
        ["Safetensors"] = MadeFile.Safetensors("""{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"""),
        ["Gguf"] = new GgufWriter().Text("general.architecture", "llama").Bytes,
        ["Ggml"] = [.. "tjgg"u8, .. new byte[64]],
        ["Pickle"] = MadeFile.StateDictionary,
        ["PyTorch"] = MadeFile.PyTorch(MadeFile.StateDictionary),
        ["PyTorchLegacy"] = [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.', .. MadeFile.StateDictionary],
        ["TorchScript"] = MadeFile.Zip(("net/data.pkl", MadeFile.StateDictionary), ("net/code/__torch__.py", "class Net(Module):"u8.ToArray()), ("net/constants.pkl", MadeFile.StateDictionary)),
        ["TensorRtPlan"] = [.. "ftrt"u8, .. new byte[64]],
        ["NumPy"] = MadeFile.NumPy("<f4", new byte[12]),
        ["NumPyArchive"] = MadeFile.Zip(("w.npy", MadeFile.NumPy("<f4", new byte[12])), ("b.npy", MadeFile.NumPy("<f4", new byte[12]))),
        ["Keras"] = MadeFile.Zip(("metadata.json", "{}"u8.ToArray()), ("config.json", "{}"u8.ToArray()), ("model.weights.h5", new byte[16])),
        ["Hdf5"] = [0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n', .. new byte[64]],
        ["TensorFlowLite"] = [28, 0, 0, 0, .. "TFL3"u8, .. new byte[64]],
        ["OnnxRuntime"] = [28, 0, 0, 0, .. "ORTM"u8, .. new byte[64]],
        ["MlNet"] = MadeFile.Zip(("TrainingInfo/Version.txt", "3.0"u8.ToArray()), ("TransformerChain/Model.key", new byte[16])),
    };

    public static TheoryData<string> Formats => [.. Contents.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void ContentOfAModel_IsRecognizedUnderAnyName(string format)
    {
        Assert.All(["model.bin", "model", "notes.txt", "model.onnx"], name => Assert.Equal(format, MadeFile.Read(Contents[format], name)?.Format.ToString()));
        Assert.Equal(Contents[format].Length, MadeFile.Read(Contents[format])!.Size);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void FileOnDisk_IsRecognizedAsItsContentIs(string format)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(path, Contents[format]);

            Assert.True(ModelReader.TryRecognize(path, out ModelFormat recognized));
            Assert.Equal(format, recognized.ToString());
            Assert.Equal(format, ModelReader.Read(path)?.Format.ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("model.engine")]
    [InlineData("model.bin")]
    public void EngineBehindMetadata_IsAPlan(string name)
    {
        byte[] metadata = """{"description": "yolo"}"""u8.ToArray();

        Assert.Equal(ModelFormat.TensorRtPlan, MadeFile.Read([.. BitConverter.GetBytes(metadata.Length), .. metadata, .. "ftrt"u8, .. new byte[64]], name)?.Format);
    }

    [Theory]
    [InlineData("model.pkl", new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0 })]
    [InlineData("model.joblib", new byte[] { 0x78, 0x9C, 3, 0, 0, 0, 0, 0 })]
    public void CompressedPickle_IsRecognizedByItsName(string name, byte[] content)
    {
        Assert.Equal(ModelFormat.CompressedPickle, MadeFile.Read(content, name)?.Format);
        Assert.Null(MadeFile.Read(content, "page.html.gz"));
    }

    [Theory]
    [InlineData("model.onnx", "")]
    [InlineData("model.onnx", "version https://git-lfs.github.com/spec/v1")]
    [InlineData("model.pkl", "not a pickle")]
    [InlineData("model.p", "cat\ndog\nmouse")]
    [InlineData("model.plan", "<ShowPlanXML/>")]
    [InlineData("config.json", """{"model_type": "bert"}""")]
    [InlineData("readme.md", "(see the documentation)")]
    [InlineData("code.c", "char x;\nint y;\n")]
    public void AnythingElse_IsNoModel(string name, string content) => Assert.Null(MadeFile.Read(System.Text.Encoding.UTF8.GetBytes(content), name));

    [Fact]
    public void ZipWithoutAModel_IsNoModel() => Assert.Null(MadeFile.Read(MadeFile.Zip(("word/document.xml", [1]), ("data.txt", [2])), "package.zip"));

    [Fact]
    public void TensorFlowGraph_IsNotTakenForOnnx() =>
        Assert.Null(MadeFile.Read(new ProtobufMessage().Number(1, 1).Message(2, new ProtobufMessage().Message(1, new ProtobufMessage().Text(2, "op"))).Bytes, "saved_model.pb"));

    [Fact]
    public void RandomBytes_AreNoModel()
    {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(4, 600)];
            random.NextBytes(bytes);
            Assert.Null(MadeFile.Read(bytes, "data.bin"));
        }
    }

    [Fact]
    public void MissingFile_IsNoModel()
    {
        Assert.False(ModelReader.TryRecognize(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), out _));
        Assert.Null(ModelReader.Read(Path.GetTempPath()));
    }
}
