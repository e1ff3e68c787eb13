using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models;

/// <summary>What a pickle imports is found however it is written, and nothing else is.</summary>
public sealed class PickleTests
{
    [Fact]
    public void StateDictionary_ImportsOnlyWhatIsSafe() => Assert.Equal<PickleImport>(
        [Safe("collections.OrderedDict"), Safe("torch._utils._rebuild_tensor_v2"), Safe("torch.FloatStorage")],
        Read(MadeFile.StateDictionary).Imports);

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("nt", "system")]
    [InlineData("os", "system")]
    [InlineData("subprocess", "Popen")]
    [InlineData("builtins", "eval")]
    [InlineData("__builtin__", "exec")]
    [InlineData("builtins", "getattr")]
    [InlineData("builtins", "__import__")]
    [InlineData("builtins", "open")]
    [InlineData("runpy", "_run_code")]
    [InlineData("sys", "modules")]
    [InlineData("socket", "create_connection")]
    [InlineData("webbrowser", "open")]
    [InlineData("torch.hub", "load")]
    [InlineData("torch", "hub.load")]
    [InlineData("torch", "load")]
    [InlineData("pip", "main")]
    [InlineData("pip._internal.cli.main", "main")]
    [InlineData("pickle", "loads")]
    [InlineData("_pickle", "loads")]
    [InlineData("marshal", "loads")]
    [InlineData("types", "CodeType")]
    [InlineData("operator", "attrgetter")]
    [InlineData("numpy.testing._private.utils", "runstring")]
    [InlineData("importlib", "import_module")]
    [InlineData("ctypes", "CDLL")]
    [InlineData("asyncio.unix_events", "_UnixSubprocessTransport._start")]
    [InlineData("collections", "OrderedDict.__init__.__globals__")]
    public void CallOfWhatRunsCode_IsDangerousOrUnknown(string module, string name)
    {
        PickleImport import = Assert.Single(Read(PickleWriter.Call(module, name, "id")).Imports);

        Assert.Equal($"{module}.{name}", import.Name);
        Assert.Equal(module == "collections" ? PickleImportKind.Unknown : PickleImportKind.Dangerous, import.Kind);
    }

    [Theory]
    [InlineData("sklearn.linear_model._logistic", "LogisticRegression")]
    [InlineData("__main__", "Model")]
    [InlineData("torch.nn.modules.linear", "Linear")]
    [InlineData("osgeo", "Dataset")]
    [InlineData("system.models", "Net")]
    [InlineData("builtins", "print")]
    [InlineData("builtins", "ValueError")]
    public void ClassThatNobodyKnows_IsUnknown(string module, string name) =>
        Assert.Equal<PickleImport>([new PickleImport($"{module}.{name}", PickleImportKind.Unknown)], Read(PickleWriter.Call(module, name, "x")).Imports);

    public static TheoryData<string, byte[]> WaysToWriteOsSystem => new()
    {
        { "GLOBAL", new PickleWriter().Global("os", "system").Line('S', "'id'").Op(0x85).Op('R').Op('.').Bytes },
        { "protocol 0", "cos\nsystem\n(S'id'\ntR."u8.ToArray() },
        { "INST", "(S'id'\nios\nsystem\n."u8.ToArray() },
        { "OBJ", "(cos\nsystem\nS'id'\no."u8.ToArray() },
        { "STACK_GLOBAL", PickleWriter.Call("os", "system", "id") },
        { "BINUNICODE8", new PickleWriter().Protocol(4).Op(0x8D, [2, 0, 0, 0, 0, 0, 0, 0, .. "os"u8]).Text("system").Op(0x93).Op('.').Bytes },
        { "text from the memo", new PickleWriter().Protocol(4).Text("os").Op(0x94).Op('0').Text("system").Op(0x94).Op('0').Op((byte)'h', 0).Op((byte)'h', 1).Op(0x93).Op('.').Bytes },
        { "memo written by number", new PickleWriter().Protocol(4).Text("os").Op((byte)'r', 200, 0, 0, 0).Op('0').Text("system").Op((byte)'q', 7).Op('0').Op((byte)'j', 200, 0, 0, 0).Op((byte)'h', 7).Op(0x93).Op('.').Bytes },
        { "memo written over", new PickleWriter().Protocol(4).Text("math").Op((byte)'q', 0).Op('0').Text("os").Op((byte)'q', 0).Op('0').Op((byte)'h', 0).Text("system").Op(0x93).Op('.').Bytes },
        { "memo in decimal", new PickleWriter().Protocol(4).Text("os").Line('p', "12").Op('0').Line('g', "12").Text("system").Op(0x93).Op('.').Bytes },
        { "duplicated and popped", new PickleWriter().Protocol(4).Text("os").Op('N').Op('0').Op('(').Op('N').Op('N').Op('1').Text("system").Op('2').Op('0').Op(0x93).Op('.').Bytes },
        { "escaped text", new PickleWriter().Protocol(4).Line('V', @"\u006fs").Line('S', @"'\x73ys\164em'").Op(0x93).Op('.').Bytes },
        { "text in a tuple that is thrown away between", new PickleWriter().Protocol(4).Text("os").Text("system").Text("math").Text("sqrt").Op(0x86).Op('0').Op(0x93).Op('.').Bytes },
        { "frames that say nothing true", new PickleWriter().Protocol(4).Op(0x95, 255, 0, 0, 0, 0, 0, 0, 0).Text("os").Op(0x95, 1, 0, 0, 0, 0, 0, 0, 0).Text("system").Op(0x93).Op('.').Bytes },
        { "never called", new PickleWriter().Protocol(2).Global("os", "system").Op('0').Op('N').Op('.').Bytes },
        { "behind a harmless pickle", [.. MadeFile.StateDictionary, .. PickleWriter.Call("os", "system", "id")] },
        { "in bytes", new PickleWriter().Protocol(3).Global("torch.storage", "_load_from_bytes").Bytes32(PickleWriter.Call("os", "system", "id")).Op(0x85).Op('R').Op('.').Bytes },
        { "in bytes in bytes", new PickleWriter().Protocol(3).Bytes32(new PickleWriter().Protocol(3).Bytes32(PickleWriter.Call("os", "system", "id")).Op('.').Bytes).Op('.').Bytes },
        { "before it breaks off", [.. PickleWriter.Call("os", "system", "id")[..^1], 0xFF] },
    };

    [Theory]
    [MemberData(nameof(WaysToWriteOsSystem))]
    public void OsSystem_IsFound(string way, byte[] pickle) =>
        Assert.Contains(new PickleImport("os.system", PickleImportKind.Dangerous), (MadeFile.Read(pickle, "model.pkl") ?? throw new InvalidOperationException(way)).Imports);

    [Fact]
    public void NameThatThePickleComputes_IsUnknown()
    {
        byte[] pickle = new PickleWriter().Protocol(4).Text("os").Global("builtins", "str").Op(')').Op('R').Op(0x93).Op('.').Bytes;

        Assert.Equal<PickleImport>([Safe("builtins.str"), new PickleImport("os.?", PickleImportKind.Dangerous)], Read(pickle).Imports);
    }

    [Fact]
    public void CodeOfTheExtensionRegistry_IsUnknown() => Assert.Equal<PickleImport>(
        [new PickleImport("copyreg extension.240", PickleImportKind.Unknown), new PickleImport("copyreg extension.513", PickleImportKind.Unknown)],
        Read(new PickleWriter().Protocol(2).Op(0x82, 240).Op('0').Op(0x83, 1, 2).Op('.').Bytes).Imports);

    [Fact]
    public void WeightsBehindAPickle_AreNoPickle()
    {
        byte[] weights = new byte[100_000];
        new Random(1).NextBytes(weights);

        ModelFile file = Read([.. MadeFile.StateDictionary, .. weights]);

        Assert.Null(file.Problem);
        Assert.Equal(3, file.Imports.Length);
    }

    [Fact]
    public void BytesThatAreNoPickle_AreSkipped()
    {
        byte[] content = [0x80, 4, .. new byte[2000]];

        ModelFile file = Read(new PickleWriter().Protocol(3).Bytes32(content).Op('.').Bytes);

        Assert.Equal((null, 0), (file.Problem, file.Imports.Length));
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 4, 0x8D, 255, 255, 255, 255, 255, 255, 255, 255 }, 11, "are announced")]
    [InlineData(new byte[] { 0x80, 3, (byte)'B', 255, 255, 255, 255, 0 }, 7, "are announced")]
    [InlineData(new byte[] { 0x80, 3, 0x93, (byte)'.' }, 3, "empty stack")]
    [InlineData(new byte[] { 0x80, 3, (byte)'t', (byte)'.' }, 3, "mark")]
    [InlineData(new byte[] { 0x80, 3, (byte)'h', 9, (byte)'.' }, 4, "memo")]
    [InlineData(new byte[] { 0x80, 3, (byte)'N', (byte)'N' }, 4, "the file ends here")]
    [InlineData(new byte[] { 0x80, 3, 0xFF, 0, 0 }, 3, "no instruction")]
    public void BrokenPickle_SaysWhereAndWhy(byte[] pickle, long offset, string reason)
    {
        ModelProblem problem = Read(pickle).Problem!;

        Assert.Equal(offset, problem.Offset);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void StackThatNeverEnds_IsBounded()
    {
        ModelFile file = Read([0x80, 2, .. Enumerable.Repeat((byte)'N', 3_000_000), (byte)'.']);

        Assert.Contains("stack", file.Problem!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ImportsThatNeverEnd_AreBoundedAndHideNothing()
    {
        var pickle = new PickleWriter().Protocol(2);
        for (int i = 0; i < 120_000; i++)
            pickle.Global("m", "f" + i).Op('0');

        ModelFile file = Read(pickle.Global("os", "system").Op('.').Bytes);

        Assert.Equal((1001, null), (file.Imports.Length, file.Problem));
        Assert.Equal(new PickleImport("os.system", PickleImportKind.Dangerous), file.Imports[^1]);
    }

    [Fact]
    public void NamesOnTheStackThatNeverEnd_AreBoundedAndSuspicious()
    {
        var pickle = new PickleWriter().Protocol(4);
        for (int i = 0; i < 60_000; i++)
            pickle.Text("m").Text("f" + i).Op(0x93).Op('0');

        ModelFile file = Read(pickle.Op('.').Bytes);

        Assert.Contains("names", file.Problem!.Reason, StringComparison.Ordinal);
        Assert.Contains(file.Imports, import => import.Kind == PickleImportKind.Dangerous);
    }

    [Fact]
    public void NameBehindAMemoLongerThanIsKept_IsDangerous()
    {
        byte[] padding = [.. Enumerable.Range(0, 1_100_000).SelectMany(_ => new byte[] { (byte)'N', 0x94, (byte)'0' })];
        byte[] index = BitConverter.GetBytes(1_100_000);
        byte[] pickle = [0x80, 4, .. padding, 0x8C, 2, (byte)'o', (byte)'s', 0x94, (byte)'0', (byte)'j', .. index, 0x8C, 6, .. "system"u8, 0x93, (byte)'.'];

        Assert.Equal<PickleImport>([new PickleImport("?.system", PickleImportKind.Dangerous)], Read(pickle).Imports);
    }

    private static PickleImport Safe(string name) => new(name, PickleImportKind.Safe);

    private static ModelFile Read(byte[] pickle) => MadeFile.Read(pickle, "model.pkl")!;
}
