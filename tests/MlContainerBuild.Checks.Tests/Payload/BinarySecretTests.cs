using System.Text;

using MlContainerBuild.Checks.Tests.Images;

namespace MlContainerBuild.Checks.Tests.Payload;

public sealed class BinarySecretTests : IDisposable
{
    private const int Mebibyte = 1024 * 1024;

    private readonly PublishFolder folder = new();

    [Fact]
    public void TokenInASmallBinary_Triggers()
        => Assert.Equal(
            ["cache.bin: Error MLC3022: The published file 'cache.bin' holds a secret (Hugging Face user token, hf_…): everyone who can pull the image can read it."],
            folder.With("cache.bin", Binary(5 * Mebibyte, 3 * Mebibyte)).Tell());

    [Theory]
    [InlineData(0.5)]
    [InlineData(16.5)]
    [InlineData(39.5)]
    public void TokenInASampleOfALargeBinary_TriggersAndTheSamplingIsSaid(double place)
        => Assert.Equal(
            [
                "MLC3022: The published file 'cache.bin' holds a secret (Hugging Face user token, hf_…): everyone who can pull the image can read it.",
                "MLC9009: Searched for tokens in samples only, because they are binary and larger than 16 MiB: the published file 'cache.bin'.",
            ],
            Tell(folder.With("cache.bin", Binary(40 * Mebibyte, (int)(place * Mebibyte)))));

    [Fact]
    public void LargeBinaryOfAPackage_IsNotSaid()
        => Assert.Empty(folder.FromPackage("libonnxruntime.so", Binary(17 * Mebibyte, token: null), "Microsoft.ML.OnnxRuntime").Check());

    [Fact]
    public void PasswordInABinary_DoesNotTrigger()
        => Assert.Empty(folder.With("help.bin", [0, .. Encoding.ASCII.GetBytes($"ftp://user:{Made.Password}@host.example/ Server=db;User Id=a;Password={Made.Password}")]).Check());

    [Fact]
    public void ModelFile_IsLeftToItsOwnRule()
    {
        byte[] head = Encoding.ASCII.GetBytes($$$"""{"__metadata__":{"source":"{{{Made.HuggingFaceToken}}}"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""");

        Assert.Empty(folder.With("iris.bin", [.. BitConverter.GetBytes((long)head.Length), .. head, 0, 0, 0, 0]).Check());
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<string> Tell(PublishFolder folder) => folder.Check().Select(finding => $"{finding.Rule.Id}: {finding.Message}");

    private static byte[] Binary(int length, int? token)
    {
        byte[] bytes = new byte[length];
        if (token is { } at)
            Encoding.ASCII.GetBytes(" " + Made.HuggingFaceToken + " ").CopyTo(bytes, at);

        return bytes;
    }
}
