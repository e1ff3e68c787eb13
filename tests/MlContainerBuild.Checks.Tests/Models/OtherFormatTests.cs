using System.IO.Compression;

using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Tests.Images;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models;

/// <summary>safetensors, GGUF, NumPy, and what is a zip.</summary>
public sealed class OtherFormatTests
{
    private static readonly byte[] Attack = PickleWriter.Call("os", "system", "id");

    [Fact]
    public void Safetensors_GivesItsFormatAndSecrets()
    {
        string header = $$$"""{"__metadata__":{"format":"pt","run_token":"{{{Made.HuggingFaceToken}}}","note":"plain"},"weight":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""";

        ModelFile file = MadeFile.Read(MadeFile.Safetensors(header))!;

        Assert.Equal(("pt", "__metadata__ 'run_token'", null), (file.Producer, Assert.Single(file.Secrets).Place, file.Problem));
    }

    [Fact]
    public void Safetensors_SecretBehindEscapes_IsFound()
    {
        string header = $$$"""{"__metadata__":{"note":"\u0068{{{Made.HuggingFaceToken[1..]}}}"}}""";

        Assert.Single(MadeFile.Read(MadeFile.Safetensors(header))!.Secrets);
    }

    [Fact]
    public void Safetensors_HeaderOfManyPieces_IsReadToItsEnd()
    {
        string tensors = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"\"layer.{i}.weight\":{{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}},"));

        ModelFile file = MadeFile.Read(MadeFile.Safetensors($$$"""{{{{tensors}}}"__metadata__":{"format":"np"}}"""))!;

        Assert.Equal(("np", null), (file.Producer, file.Problem));
    }

    [Theory]
    [InlineData("""{"__metadata__":{"format":"pt" "x"}}""", "no JSON")]
    [InlineData("""{"__metadata__":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}""", "no JSON")]
    public void Safetensors_BrokenHeader_IsAProblem(string header, string reason) =>
        Assert.Contains(reason, MadeFile.Read(MadeFile.Safetensors(header))!.Problem!.Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Gguf_GivesItsArchitectureAndSecrets(int version, bool isBigEndian)
    {
        byte[] bytes = new GgufWriter((uint)version, isBigEndian)
            .Text("general.architecture", "llama").Number32("llama.block_count", 32).Floats("tokenizer.ggml.scores", 5000)
            .Texts("tokenizer.ggml.tokens", [.. Enumerable.Range(0, 3000).Select(i => "t" + i)])
            .Texts("general.tags", "text-generation", Made.HuggingFaceToken)
            .Text("general.source.url", $"https://user:{Made.Password}@models.corp.net/llama")
            .Bytes;

        ModelFile file = MadeFile.Read(bytes)!;

        Assert.Equal("llama", file.Producer);
        Assert.Null(file.Problem);
        Assert.Equal(["key 'general.tags'", "key 'general.source.url'"], file.Secrets.Select(secret => secret.Place));
    }

    [Fact]
    public void Gguf_AnnouncingTooMuch_IsAProblem()
    {
        Assert.Contains("key-value pairs", MadeFile.Read(new GgufWriter().Announcing(ulong.MaxValue))!.Problem!.Reason, StringComparison.Ordinal);
        Assert.Contains("ends here", MadeFile.Read(new GgufWriter().Announcing(1000))!.Problem!.Reason, StringComparison.Ordinal);
        Assert.Contains("array", MadeFile.Read(new GgufWriter().Pair("k", 9, [6, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 127]).Bytes)!.Problem!.Reason, StringComparison.Ordinal);
        Assert.Contains("version", MadeFile.Read(new GgufWriter(version: 77).Bytes)!.Problem!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void NumPyArrayOfObjects_IsAPickle()
    {
        Assert.Equal(["os.system"], MadeFile.Read(MadeFile.NumPy("|O", Attack))!.Imports.Select(import => import.Name));
        Assert.Empty(MadeFile.Read(MadeFile.NumPy("<f4", Attack))!.Imports);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void PickleInAnArchive_IsWalked(CompressionLevel level)
    {
        byte[] archive = MadeFile.Zip(level, ("archive/data.pkl", Attack), ("archive/data/0", new byte[100]));

        Assert.Equal(["os.system"], MadeFile.Read(archive)!.Imports.Select(import => import.Name));
    }

    [Fact]
    public void SecondEntryOfTheSameName_IsWalked()
    {
        byte[] archive = MadeFile.Zip(("archive/data.pkl", MadeFile.StateDictionary), ("archive/data.pkl", Attack));

        Assert.Contains("os.system", MadeFile.Read(archive)!.Imports.Select(import => import.Name));
    }

    [Fact]
    public void PickleUnderAnotherName_IsWalked()
    {
        byte[] archive = MadeFile.Zip(("archive/data.pkl", MadeFile.StateDictionary), ("archive/extra/notes.txt", Attack));

        Assert.Contains("os.system", MadeFile.Read(archive)!.Imports.Select(import => import.Name));
    }

    // Python refuses such archives, PyTorch reads them.
    [Theory]
    [InlineData(6)]
    [InlineData(14)]
    public void ArchiveWithAWrongFlagOrChecksum_IsWalkedAllTheSame(int fieldOfLocalHeader)
    {
        byte[] archive = MadeFile.PyTorch(Attack);
        archive[fieldOfLocalHeader] ^= 1;
        int central = archive.AsSpan().IndexOf("PK\x01\x02"u8);
        archive[central + fieldOfLocalHeader + 2] ^= 1;

        Assert.Equal(["os.system"], MadeFile.Read(archive)!.Imports.Select(import => import.Name));
    }

    [Fact]
    public void NameThatDiffersInTheLocalHeader_HidesNothing()
    {
        byte[] archive = MadeFile.PyTorch(Attack);
        int local = archive.AsSpan().IndexOf("data.pkl"u8);
        archive[local] = (byte)'x';

        Assert.Equal(["os.system"], MadeFile.Read(archive)!.Imports.Select(import => import.Name));
    }

    [Fact]
    public void WrongSizeOfTheDirectory_HidesNothing()
    {
        byte[] archive = MadeFile.PyTorch(Attack);
        archive[^10]--;

        Assert.Equal(["os.system"], MadeFile.Read(archive)!.Imports.Select(import => import.Name));
    }

    [Fact]
    public void ArchiveBehindOtherBytes_IsReadFromItsOwnOffsets()
    {
        byte[] archive = MadeFile.PyTorch(Attack);
        byte[] prefixed = [.. "PK\x03\x04"u8, .. new byte[100], .. archive];

        Assert.Equal(["os.system"], MadeFile.Read(prefixed)!.Imports.Select(import => import.Name));
    }

    [Fact]
    public void DataDescriptorsAndZip64_AreRead()
    {
        // A stream that cannot seek makes the writer put sizes behind the data.
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(new OneWayStream(bytes), ZipArchiveMode.Create))
        {
            using Stream entry = zip.CreateEntry("archive/data.pkl").Open();
            entry.Write(Attack);
        }

        Assert.Equal(["os.system"], MadeFile.Read(bytes.ToArray())!.Imports.Select(import => import.Name));
        Assert.Equal(["os.system"], MadeFile.Read(ZipWriter.Large("archive/data.pkl", Attack))!.Imports.Select(import => import.Name));
    }

    [Fact]
    public void PickleThatInflatesWithoutEnd_IsBounded()
    {
        byte[] bomb = new byte[200 << 20];
        bomb[0] = 0x80;
        bomb[1] = 4;
        bomb.AsSpan(2).Fill((byte)'0');
        byte[] archive = MadeFile.Zip(CompressionLevel.Fastest, ("archive/data.pkl", bomb));

        Assert.Contains("in the entry 'archive/data.pkl'", MadeFile.Read(archive)!.Problem!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretInAShortEntry_IsFound() => Assert.Equal(
        "entry 'net/code/__torch__.py'",
        Assert.Single(MadeFile.Read(MadeFile.Zip(("net/data.pkl", MadeFile.StateDictionary), ("net/constants.pkl", MadeFile.StateDictionary), ("net/code/__torch__.py", System.Text.Encoding.UTF8.GetBytes($"token = '{Made.HuggingFaceToken}'"))))!.Secrets).Place);

    [Fact]
    public void KerasLambda_IsCode()
    {
        byte[] configuration = """{"layers": [{"class_name": "Lambda", "config": {}}]}"""u8.ToArray();

        Assert.True(MadeFile.Read(MadeFile.Zip(("config.json", configuration), ("model.weights.h5", new byte[8])))!.HoldsCode);
    }

    [Fact]
    public void ProgramOfATorchScriptArchive_IsNotImported()
    {
        byte[] pickle = new PickleWriter().Protocol(2).Global("__torch__", "Net").Op(')').Op(0x81).Op('.').Bytes;

        ModelFile script = MadeFile.Read(MadeFile.Zip(("net/data.pkl", pickle), ("net/constants.pkl", MadeFile.StateDictionary), ("net/code/__torch__.py", "x"u8.ToArray())))!;

        Assert.DoesNotContain(script.Imports, import => import.Kind != PickleImportKind.Safe);
    }

    [Fact]
    public void TarOfTheFirstVersions_IsWalked()
    {
        var bytes = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(bytes, System.Formats.Tar.TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in new[] { ("sys_info", MadeFile.StateDictionary), ("pickle", Attack), ("tensors", new byte[4]), ("storages", MadeFile.StateDictionary) })
                tar.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        ModelFile file = MadeFile.Read(bytes.ToArray(), "model.pt")!;

        Assert.Equal(ModelFormat.PyTorchLegacy, file.Format);
        Assert.Contains("os.system", file.Imports.Select(import => import.Name));
    }
}
