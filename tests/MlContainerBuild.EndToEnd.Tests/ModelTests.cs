using System.Security.Cryptography;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>Models of a real publish: declared, pinned, replaced, mounted.</summary>
public sealed class ModelTests
{
    [Fact]
    public async Task DangerousPickle_FailsBeforeAnythingIsPushed()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "pickle").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .WriteFile("models/model.pkl", "cos\nsystem\n(S'id'\ntR.")
            .RawItem("""<None Include="models/model.pkl" CopyToPublishDirectory="PreserveNewest" />""");

        BuildResult result = await project.PublishContainerAsync();

        Assert.Equal(["MLC3052"], result.Errors);
        Assert.Equal("model.pkl", result.Find("MLC3052").File);
        Assert.Contains("it imports os.system", result.Find("MLC3052").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pushed image", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PinnedModel_IsPublished_AndAReplacedOneIsNot()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "pinned").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .WriteFile("models/labels.txt", "setosa")
            .WriteFile("models/other.txt", "virginica")
            .RawItem("""<MlContainerModel Include="models/**" />""");

        project.Write();
        string before = await File.ReadAllTextAsync(project.File);
        BuildResult unpinned = await project.RunAsync("build", "-t:MlContainerPinModels", "-p:MlContainerVerifyNoChanges=true");
        Assert.Equal(["MLC3051"], unpinned.Errors);
        Assert.Equal(before, await File.ReadAllTextAsync(project.File));

        BuildResult pin = await project.RunAsync("build", "-t:MlContainerPinModels", "-tl:on");
        Assert.True(pin.Succeeded, pin.Output);
        string pinned = await File.ReadAllTextAsync(project.File);
        const string Include = """<MlContainerModel Include="models/**" />""";
        Assert.Equal(
            before.Replace(Include, $"{Include}\n    {Update("models/labels.txt", "setosa")}\n    {Update("models/other.txt", "virginica")}", StringComparison.Ordinal),
            pinned);

        BuildResult again = await project.RunAsync("build", "-t:MlContainerPinModels");
        Assert.Contains("nothing to change", again.Output, StringComparison.Ordinal);
        Assert.Equal(pinned, await File.ReadAllTextAsync(project.File));

        BuildResult published = await project.PublishContainerAsync();
        Assert.True(published.Succeeded, published.Output);
        Assert.True(File.Exists(Path.Combine(project.Directory, "bin", "Release", "net10.0", "publish", "models", "labels.txt")), published.Output);

        project.WriteFile("models/labels.txt", "SETOSA");
        BuildResult replaced = await project.PublishContainerAsync();
        Assert.Equal(["MLC3051"], replaced.Errors);
        Assert.Equal(("pinned.csproj", project.LineOf("models/labels.txt")), (replaced.Find("MLC3051").File, replaced.Find("MLC3051").Line));
        Assert.Contains("is not the declared one", replaced.Find("MLC3051").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MountedModel_StaysOutOfTheImage()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "mounted").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .WriteFile("models/words.gguf", "GGUF")
            .RawItem("""<Content Include="models/words.gguf" CopyToPublishDirectory="PreserveNewest" />""")
            .RawItem("""<MlContainerModel Include="models/words.gguf" Mount="true" />""");

        BuildResult result = await project.PublishContainerAsync();

        Assert.True(result.Succeeded, result.Output);
        Assert.False(Path.Exists(Path.Combine(project.Directory, "bin", "Release", "net10.0", "publish", "models")), result.Output);
    }

    private static string Update(string path, string content) =>
        $"""<MlContainerModel Update="{path}" Sha256="{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)))}" />""";
}
