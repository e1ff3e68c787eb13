using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>What goes into the application's layer is looked at before anything goes out.</summary>
public sealed class PayloadTests
{
    [Fact]
    public async Task SecretInConfiguration_StopsThePublishAndNamesFileLineAndKey()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        string token = "hf_" + new string([.. Enumerable.Range(0, 34).Select(i => (char)('a' + (i * 7 % 26)))]);
        TestProject project = new TestProject(laboratory, "payload").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .WriteFile("appsettings.json", $$"""
                {
                  "AllowedHosts": "*",
                  "HuggingFace": { "Token": "{{token}}" }
                }
                """)
            .WriteFile("certs/site.key", MadeKey())
            .RawItem("""<None Update="certs/site.key" CopyToPublishDirectory="Always" />""");

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC3022", "MLC3023"], result.Errors.Order(StringComparer.Ordinal));
        Diagnostic secret = result.Find("MLC3022");
        Assert.Equal(("appsettings.json", 3), (secret.File, secret.Line));
        Assert.Contains("HuggingFace:Token", secret.Text, StringComparison.Ordinal);
        Assert.Contains("/run/secrets/HuggingFace__Token", secret.Text, StringComparison.Ordinal);
        Assert.Equal(("site.key", 1), (result.Find("MLC3023").File, result.Find("MLC3023").Line));
        Assert.DoesNotContain(token, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, File.ReadAllText(project.Report), StringComparison.Ordinal);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task ConstantThatAnotherFileUses_IsToldOnceWhereItIsWritten()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        string token = "hf_" + new string([.. Enumerable.Range(0, 34).Select(i => (char)('a' + (i * 7 % 26)))]);
        TestProject project = new TestProject(laboratory, "constant").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .WriteFile("Keys.cs", $$"""
                internal static class Keys
                {
                    public const string Hub = "{{token}}";
                }
                """)
            .WriteFile("Client.cs", """
                internal static class Client
                {
                    public static string Header() => Keys.Hub;
                }
                """);

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC1001"], result.Errors);
        Assert.Equal(("Keys.cs", 3), (result.Find("MLC1001").File, result.Find("MLC1001").Line));
        Assert.DoesNotContain("MLC3022", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TrimmedPayload_LeavesLeftoversOutOfTheImageAndInTheFolder(bool isForTwoPlatforms)
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "trimmed").PublishingTo(laboratory.Registry, laboratory.Base(isForTwoPlatforms ? "aspnet:10.0-multi" : "aspnet:10.0"))
            .Property("MlContainerTrimPayload", "true")
            .WriteFile("appsettings.Development.json", "{}")
            .WriteFile("data/kept.parquet", "PAR1")
            .WriteFile("notebooks/train.ipynb", "{}")
            .WriteFile("mlcontainer.yaml", "version: 1\nexceptions:\n- { rule: MLC3024, path: data/kept.parquet, reason: read at start }\n")
            .RawItem("""<None Update="data/**;notebooks/**" CopyToPublishDirectory="Always" />""");
        if (isForTwoPlatforms)
            project.ForTwoPlatforms();

        BuildResult result = await project.PublishContainerAsync();

        Assert.True(result.Succeeded, result.Output);
        Assert.Empty(result.Warnings);
        Assert.Contains("MlContainerTrimPayload leaves 3 files of the publish folder out of the image: appsettings.Development.json, notebooks/train.ipynb, trimmed.pdb.", result.Output, StringComparison.Ordinal);
        string runtime = isForTwoPlatforms ? "linux-arm64" : "";
        Assert.True(File.Exists(Path.Combine(project.Directory, "bin", "Release", "net10.0", runtime, "publish", "notebooks", "train.ipynb")));

        string tag = isForTwoPlatforms ? "1.0.0-linux-arm64" : "1.0.0";
        string[] names = [.. (await laboratory.Registry.ListApplicationLayerAsync(project.Repository, tag)).Where(name => name.StartsWith("app/", StringComparison.Ordinal))];
        Assert.Contains("app/trimmed.dll", names);
        Assert.Contains("app/data/kept.parquet", names);
        Assert.DoesNotContain(names, name => name.EndsWith(".pdb", StringComparison.Ordinal) || name.EndsWith(".ipynb", StringComparison.Ordinal) || name.Contains("Development", StringComparison.Ordinal));
    }

    // MSBuild takes "yes" for true.
    [Fact]
    public async Task TrimThatIsNeitherTrueNorFalse_IsRefusedAndNotObeyed()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "untrimmed").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("MlContainerTrimPayload", "yes");

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC9008"], result.Errors);
        Assert.DoesNotContain("MlContainerTrimPayload leaves", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportFolderBelowTheProject_IsNotPublishedWithTheNext()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "below").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("MlContainerReportDirectory", "reports/last");

        Assert.True((await project.PublishContainerAsync()).Succeeded);
        BuildResult second = await project.PublishContainerAsync();

        Assert.True(second.Succeeded, second.Output);
        Assert.True(!second.Warnings.Any(), second.Output);
        Assert.True(File.Exists(Path.Combine(project.Directory, "reports", "last", "verdict.json")));
        Assert.False(Directory.Exists(Path.Combine(project.Directory, "bin", "Release", "net10.0", "publish", "reports")));
    }

    private static string MadeKey()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        return key.ExportPkcs8PrivateKeyPem();
    }
}
