using Microsoft.CodeAnalysis.Text;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Tests.Operations;

public sealed class FileWordsTests
{
    [Theory]
    [InlineData("Process.Start(name);", "Process")]
    [InlineData("var start = new ProcessStartInfo();", "ProcessStartInfo")]
    [InlineData("""env["NVIDIA_VISIBLE_DEVICES"] = "all";""", "NVIDIA_VISIBLE_DEVICES")]
    [InlineData("""config.Add("ep.context_file_path", path)""", "context_file_path")]
    [InlineData("load", "load")]
    [InlineData("größe.Lade()", "größe")]
    public void WordOfTheFile_IsFound(string source, string word) => Assert.True(Has(source, word));

    [Theory]
    [InlineData("new ProcessStartInfo()", "Process")]
    [InlineData("Reprocess(); Process2();", "Process")]
    [InlineData("client.DownloadFile();", "Download")]
    [InlineData("", "Process")]
    public void PartOfAWord_IsNotFound(string source, string word) => Assert.False(Has(source, word));

    [Theory]
    [InlineData("client.DownloadFileAsync();", "Download*")]
    [InlineData("client.Download();", "Download*")]
    [InlineData("options.AppendExecutionProvider_CUDA(0);", "AppendExecutionProvider*")]
    [InlineData("options.RegisterCustomOpLibraryV2(path);", "RegisterCustomOpLibrary*")]
    public void WordThatGoesOnWithACapital_IsFoundByItsBeginning(string source, string word) => Assert.True(Has(source, word));

    [Fact]
    public void WordThatGoesOnOtherwise_IsNotFoundByItsBeginning() => Assert.False(Has("client.Downloads();", "Download*"));

    [Theory]
    [InlineData(1020)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(300_000)]
    public void WordFarIntoTheFile_IsFound(int position) => Assert.True(Has(new string(' ', position) + "Process.Start", "Process"));

    [Fact]
    public void FileOfManyWords_HasFewThatAreNotWritten()
    {
        string source = string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"name{i}"));

        Assert.InRange(Enumerable.Range(0, 1000).Count(i => Has(source, $"Word{i}")), 0, 20);
    }

    private static bool Has(string source, string word) => new FileWords(SourceText.From(source)).MayHaveAny(FileWords.Hash([word]));
}
