using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models.Rules;

public sealed class CodeInModelRuleTests
{
    public static TheoryData<string, byte[], string> Programs => new()
    {
        { "model.pkl", PickleWriter.Call("sklearn.linear_model", "Ridge", "x"), "sklearn.linear_model.Ridge" },
        { "model.pt", MadeFile.PyTorch(PickleWriter.Call("__main__", "Net", "x")), "__main__.Net" },
        { "model.pt", MadeFile.Zip(("n/data.pkl", MadeFile.StateDictionary), ("n/constants.pkl", MadeFile.StateDictionary), ("n/code/__torch__.py", "x"u8.ToArray())), "is a program" },
        { "model.engine", [.. "ftrt"u8, .. new byte[64]], "native code" },
        { "model.onnx", OnnxModel.Model().Message(7, OnnxModel.Graph().Message(1, OnnxModel.Node("EPContext", "com.microsoft"))).Bytes, "EPContext" },
        { "model.keras", MadeFile.Zip(("config.json", """{"class_name": "Lambda"}"""u8.ToArray()), ("model.weights.h5", new byte[8])), "Lambda" },
        { "model.joblib", [0x78, 0x9C, .. new byte[64]], "compressed" },
        { "model.pkl", [0x80, 4, (byte)'N', 0xFF, 0, 0, 0, 0], "offset 4" },
        { "model.npy", MadeFile.NumPy("|O", PickleWriter.Call("pandas", "DataFrame", "x")), "pandas.DataFrame" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void FormatThatCanRunCode_IsAWarning(string name, byte[] content, string because)
    {
        using var folder = new ModelFolder();

        Finding finding = Assert.Single(folder.With(name, content).Check("MLC3052"));

        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains(because, finding.Message, StringComparison.Ordinal);
        Assert.Equal(["MLC3052 Warning"], folder.Tell());
    }

    [Fact]
    public void DangerousImport_IsAnErrorThatListsEverything()
    {
        using var folder = new ModelFolder();
        byte[] pickle = [.. PickleWriter.Call("mylib", "Thing", "x"), .. PickleWriter.Call("posix", "system", "id"), .. PickleWriter.Call("builtins", "eval", "1")];

        Finding finding = Assert.Single(folder.With("models/model.pkl", pickle).Check("MLC3052"));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal("The Python pickle 'models/model.pkl' runs code of its author's when it is loaded: it imports posix.system, builtins.eval, and mylib.Thing besides.", finding.Message);
    }

    [Fact]
    public void DangerousImportOfATorchScriptArchive_IsAnError()
    {
        using var folder = new ModelFolder();
        byte[] archive = MadeFile.Zip(("n/data.pkl", PickleWriter.Call("os", "system", "id")), ("n/constants.pkl", MadeFile.StateDictionary), ("n/code/__torch__.py", "x"u8.ToArray()));

        Assert.Equal(["MLC3052 Error"], folder.With("model.pt", archive).Tell());
    }

    // The policy's exceptions name it by this path.
    [Fact]
    public void DeclaredModel_IsNamedByItsFileInTheProject()
    {
        using var folder = new ModelFolder();
        byte[] pickle = PickleWriter.Call("sklearn.linear_model", "Ridge", "x");

        Finding finding = Assert.Single(folder.With("models/m.pkl", pickle).Declare("models/m.pkl", ModelFolder.Sha256(pickle)).Check("MLC3052"));

        Assert.Equal(new ValueSource.File(new SourceSpan(Path.Combine(folder.Path, "models/m.pkl"))), finding.Source);
    }

    [Fact]
    public void MountedModelThatIsThere_IsCheckedToo()
    {
        using var folder = new ModelFolder();

        Assert.Equal(["MLC3052 Error"], folder.WithSource("models/m.pkl", PickleWriter.Call("os", "system", "id")).Declare("models/m.pkl", mount: "true").Tell());
    }

    [Fact]
    public void ManyImports_AreShortened()
    {
        using var folder = new ModelFolder();
        byte[] pickle = [.. Enumerable.Range(0, 30).SelectMany(i => PickleWriter.Call("lib", "C" + i, "x"))];

        Assert.Contains("lib.C7 and 22 more.", Assert.Single(folder.With("m.pkl", pickle).Check("MLC3052")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NameWithControlCharacters_DoesNotReachTheTerminal()
    {
        using var folder = new ModelFolder();

        Assert.DoesNotContain(Assert.Single(folder.With("m.pkl", PickleWriter.Call("\u001b[31mlib", "C\u0007", "x")).Check("MLC3052")).Text, char.IsControl);
    }

    public static TheoryData<string, byte[]> Data => new()
    {
        { "model.pt", MadeFile.PyTorch(MadeFile.StateDictionary) },
        { "model.pkl", MadeFile.StateDictionary },
        { "model.onnx", OnnxModel.Plain },
        { "model.gguf", new GgufWriter().Bytes },
        { "model.safetensors", MadeFile.Safetensors("""{"__metadata__":{"format":"pt"}}""") },
        { "model.npy", MadeFile.NumPy("<f4", new byte[12]) },
        { "model.zip", MadeFile.Zip(("TransformerChain/Model.key", new byte[16])) },
        { "model.keras", MadeFile.Zip(("config.json", """{"class_name": "Dense"}"""u8.ToArray()), ("model.weights.h5", new byte[8])) },
    };

    [Theory]
    [MemberData(nameof(Data))]
    public void FormatWithDataOnly_DoesNotTrigger(string name, byte[] content)
    {
        using var folder = new ModelFolder();

        Assert.Empty(folder.With(name, content).Tell());
    }
}
