using MlContainerBuild.Loading;

namespace MlContainerBuild.Checks.Tests.Models.Loading;

/// <summary>The template itself, which declares one model that holds the word "example", and one without a hash.</summary>
public sealed class DeclaredModelsTests : IDisposable
{
    private const string Name = "models/example.onnx";
    private const string DeclaredHash = "50d858e0985ecc7f60418aaf0cc5ab587f42c2570a884095a9e8ccacd0f6545c";

    private readonly string directory = Directory.CreateTempSubdirectory("models-").FullName;

    private string Model => Path.Combine(directory, "models", "example.onnx");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void DeclaredContent_IsReturned()
    {
        Write("example");

        Assert.Equal("example"u8, DeclaredModels.ReadVerified(Name, directory));
        Assert.Equal(Model, DeclaredModels.VerifiedPathInDevelopment(Name, directory));
    }

    [Fact]
    public void OtherContent_IsRefusedWithBothHashesAndTheWayOut()
    {
        Write("tampered");

        var refused = Assert.Throws<ModelVerificationException>(() => DeclaredModels.ReadVerified(Name, directory));

        Assert.Equal(
            $"The model 'models/example.onnx' is refused: {Model} is not the model that Example.csproj declares: its SHA-256 is "
            + $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("tampered"u8))}, and the declared one is {DeclaredHash}. "
            + "If it was changed on purpose, run: dotnet build Example.csproj -t:MlContainerPinModels, and publish again. If not, find out who changed it.",
            refused.Message);
        Assert.Equal((Name, Model), (refused.Model, refused.Path));
        Assert.Equal(refused.Message, Assert.Throws<ModelVerificationException>(() => DeclaredModels.VerifiedPathInDevelopment(Name, directory)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("exampl")]
    [InlineData("example ")]
    public void ShorterAndLongerContent_IsRefused(string content)
    {
        Write(content);

        Assert.Contains("is not the model", Assert.Throws<ModelVerificationException>(() => DeclaredModels.ReadVerified(Name, directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFile_IsRefused()
    {
        Assert.Equal(
            $"The model 'models/example.onnx' is refused: {Model} does not exist. Publish it with the application, or mount it there.",
            Assert.Throws<ModelVerificationException>(() => DeclaredModels.ReadVerified(Name, directory)).Message);
        Assert.Contains("does not exist", Assert.Throws<ModelVerificationException>(() => DeclaredModels.VerifiedPath(Name, directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderInItsPlace_IsRefused()
    {
        Directory.CreateDirectory(Model);

        Assert.Contains("cannot be read", Assert.Throws<ModelVerificationException>(() => DeclaredModels.ReadVerified(Name, directory)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models/other.onnx")]
    [InlineData("../secrets/key")]
    [InlineData("MODELS/EXAMPLE.ONNX")]
    public void UndeclaredName_IsAMistakeOfTheCaller(string name)
    {
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => DeclaredModels.ReadVerified(name, directory)).ParamName);
        Assert.Throws<ArgumentException>(() => DeclaredModels.VerifiedPath(name, directory));
    }

    [Fact]
    public void ModelWithoutAHash_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Model)!);
        File.WriteAllText(Path.Combine(directory, "models", "unpinned.onnx"), "anything");

        var refused = Assert.Throws<ModelVerificationException>(() => DeclaredModels.ReadVerified("models/unpinned.onnx", directory));

        Assert.Contains("without a Sha256, so nobody can say whether it is the right one. Run: dotnet build Example.csproj -t:MlContainerPinModels", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutADirectory_TheModelLiesWithTheApplication()
    {
        var refused = Assert.Throws<ModelVerificationException>(() => DeclaredModels.ReadVerified(Name));

        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "models", "example.onnx"), refused.Path);
        Assert.Equal(refused.Path, Assert.Throws<ModelVerificationException>(() => DeclaredModels.ReadVerified(Name, "")).Path);
    }

    [Fact]
    public void VerifiedFile_IsHashedAgainOnlyWhenItLooksAnother()
    {
        Write("example");
        DateTime written = File.GetLastWriteTimeUtc(Model);
        DeclaredModels.VerifiedPathInDevelopment(Name, directory);

        Write("exomple");
        File.SetLastWriteTimeUtc(Model, written);
        Assert.Equal(Model, DeclaredModels.VerifiedPathInDevelopment(Name, directory));
        Assert.Throws<ModelVerificationException>(() => DeclaredModels.ReadVerified(Name, directory));

        File.SetLastWriteTimeUtc(Model, written.AddTicks(10));
        Assert.Throws<ModelVerificationException>(() => DeclaredModels.VerifiedPathInDevelopment(Name, directory));
    }

    [Fact]
    public void LinkThatPointsElsewhere_IsHashedAgain()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Model)!);
        string first = Path.Combine(directory, "first"), second = Path.Combine(directory, "second");
        File.WriteAllText(first, "example");
        File.WriteAllText(second, "exomple");
        File.SetLastWriteTimeUtc(second, DateTime.UnixEpoch);
        string version = Path.Combine(directory, "version");
        File.CreateSymbolicLink(version, first);
        File.CreateSymbolicLink(Model, version);
        DeclaredModels.VerifiedPathInDevelopment(Name, directory);

        File.Delete(version);
        File.CreateSymbolicLink(version, second);

        Assert.Throws<ModelVerificationException>(() => DeclaredModels.VerifiedPathInDevelopment(Name, directory));
    }

    [Fact]
    public void DirectoryLinkThatPointsToATwin_IsHashedAgain()
    {
        foreach ((string version, string content) in new[] { ("v1", "example"), ("v2", "exomple") })
        {
            string file = Path.Combine(Directory.CreateDirectory(Path.Combine(directory, version)).FullName, "example.onnx");
            File.WriteAllText(file, content);
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        string link = Path.Combine(directory, "models");
        Directory.CreateSymbolicLink(link, "v1");
        DeclaredModels.VerifiedPathInDevelopment(Name, directory);

        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, "v2");

        Assert.Throws<ModelVerificationException>(() => DeclaredModels.VerifiedPathInDevelopment(Name, directory));
    }

    [Fact]
    public void LinksThatLeadNowhere_AreRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Model)!);
        File.CreateSymbolicLink(Model, Model);

        Assert.Contains("cannot be read", Assert.Throws<ModelVerificationException>(() => DeclaredModels.VerifiedPath(Name, directory)).Message, StringComparison.Ordinal);
        Assert.Throws<ModelVerificationException>(() => DeclaredModels.ReadVerified(Name, directory));

        File.Delete(Model);
        File.CreateSymbolicLink(Model, "nowhere");
        Assert.Contains("does not exist", Assert.Throws<ModelVerificationException>(() => DeclaredModels.VerifiedPath(Name, directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatThisProcessMayWrite_HasNoVerifiedPath()
    {
        Write("example");

        Assert.StartsWith(
            $"The model 'models/example.onnx' is refused: {Model} could be changed by this process, which may write '{Model}'.",
            Assert.Throws<ModelVerificationException>(() => DeclaredModels.VerifiedPath(Name, directory)).Message,
            StringComparison.Ordinal);
    }

    private void Write(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Model)!);
        File.WriteAllText(Model, content);
    }
}
