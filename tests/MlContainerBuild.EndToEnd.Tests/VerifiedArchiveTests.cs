using System.Text.Json;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>MlContainerPushMode=VerifiedArchive: nothing reaches the registry before every byte of it has been verified.</summary>
public sealed class VerifiedArchiveTests
{
    [Fact]
    public async Task Image_IsPushedByEveryTagAndRuns()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "archive", "aspnet:10.0").Property("ContainerImageTags", "1.0.0;stable")
            .WriteFile("Program.cs", "System.Console.WriteLine(\"from the archive\");");

        BuildResult result = await project.PublishContainerAsync("-p:ContainerImageTag=");

        Assert.True(result.Succeeded, result.Output);
        Assert.Empty(result.Warnings);
        Assert.Contains("every byte of it, before it was ", result.Output, StringComparison.Ordinal);
        string manifest = await laboratory.Registry.InspectAsync($"{project.Repository}:1.0.0", "--raw");
        Assert.Equal(manifest, await laboratory.Registry.InspectAsync($"{project.Repository}:stable", "--raw"));
        CommandResult run = await Podman.RunAsync($"{laboratory.Registry.Address}/{project.Repository}:stable");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("from the archive", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoPlatforms_ArePushedAsOneIndex()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "archivemulti", "aspnet:10.0-multi").ForTwoPlatforms()
            .Item("ContainerLabel", "team", "ml;ContainerUser=root");

        BuildResult result = await project.PublishContainerAsync();

        Assert.True(result.Succeeded, result.Output);
        Assert.Empty(result.Warnings);
        JsonElement index = JsonDocument.Parse(await laboratory.Registry.InspectAsync($"{project.Repository}:1.0.0", "--raw")).RootElement;
        Assert.Equal(
            ["amd64", "arm64"],
            index.GetProperty("manifests").EnumerateArray().Select(entry => entry.GetProperty("platform").GetProperty("architecture").GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("aspnet:10.0")]
    [InlineData("aspnet:10.0-multi")]
    public async Task TargetThatChangesTheImageAfterTheGate_IsFoundBeforeAnythingIsPushed(string baseImage)
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "archivelate", baseImage)
            .Target("""
                <Target Name="AfterTheGate" AfterTargets="_MlContainerGatePlatform">
                  <ItemGroup><ContainerEnvironmentVariables Include="LD_PRELOAD" Value="/tmp/inject.so" /></ItemGroup>
                </Target>
                """);
        if (baseImage.EndsWith("multi", StringComparison.Ordinal))
            project.ForTwoPlatforms();

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC3042"], result.Errors);
        Assert.Contains("before anything was pushed", result.Find("MLC3042").Text, StringComparison.Ordinal);
        Assert.Contains("LD_PRELOAD", result.Find("MLC3042").Text, StringComparison.Ordinal);
        Assert.Contains("MLC3042", await File.ReadAllTextAsync(project.Report), StringComparison.Ordinal);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task RegistryThatLiesAboutALayer_NeverEndsInAGreenPublish()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        await using var liar = new LyingProxy(laboratory.Registry.Address, "layer");
        string baseImage = laboratory.Base("aspnet:10.0").Replace(laboratory.Registry.Address, liar.Address, StringComparison.Ordinal);
        TestProject project = new TestProject(laboratory, "archiveliar").PublishingTo(laboratory.Registry, baseImage)
            .Property("MlContainerPushMode", "VerifiedArchive");

        // The SDK keeps layers here, too: what another test has downloaded must not hide the lie.
        BuildResult result = await project.RunAsync(
            new Dictionary<string, string> { ["XDG_CACHE_HOME"] = Path.Combine(project.Directory, "cache") },
            "publish", "-t:PublishContainer");

        Assert.False(result.Succeeded);
        Assert.Equal(["CONTAINER1018"], result.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task RegistryThatTakesNothing_FailsWithTheProgramAndTheImageNamed()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "archivenowhere", "aspnet:10.0");

        // Nothing listens on port 1.
        BuildResult result = await project.PublishContainerAsync("-p:ContainerRegistry=localhost:1");

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC9006"], result.Errors);
        Assert.Contains($"skopeo could not push 'localhost:1/{project.Repository}:1.0.0'", result.Find("MLC9006").Text, StringComparison.Ordinal);
        Assert.Contains("No tag has been pushed", result.Find("MLC9006").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutARegistry_IsLoadedIntoTheLocalEngineByEveryTagAndRuns()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "archivelocal", "aspnet:10.0").Property("ContainerImageTags", "1.0.0;stable")
            .WriteFile("Program.cs", "System.Console.WriteLine(\"from the archive\");");

        BuildResult result = await project.PublishContainerAsync("-p:ContainerRegistry=", "-p:ContainerImageTag=", "-p:LocalRegistry=Podman");

        Assert.True(result.Succeeded, result.Output);
        Assert.Empty(result.Warnings);
        Assert.Contains("every byte of it, before it was ", result.Output, StringComparison.Ordinal);
        Assert.Contains("Loaded into the local daemon, not pushed", result.Output, StringComparison.Ordinal);
        string image = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(project.Report)!, "image.json"));
        Assert.Contains("\"destination\": \"daemon\"", image, StringComparison.Ordinal);
        CommandResult run = await Podman.RunAsync($"localhost/{project.Repository}:stable");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("from the archive", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoPlatformsWithoutARegistry_AreRefused()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "archivelocalmulti", "aspnet:10.0-multi").ForTwoPlatforms();

        BuildResult result = await project.PublishContainerAsync("-p:ContainerRegistry=", "-p:ContainerImageFormat=Docker");

        Assert.Equal(["MLC9008"], result.Errors);
        Assert.Contains("docker and podman load one of them and drop the others", result.Output, StringComparison.Ordinal);
        Assert.Contains("ContainerImageFormat is not OCI", result.Output, StringComparison.Ordinal);
    }

    private static TestProject NewProject(Laboratory laboratory, string name, string baseImage) =>
        new TestProject(laboratory, name).PublishingTo(laboratory.Registry, laboratory.Base(baseImage)).Property("MlContainerPushMode", "VerifiedArchive");
}
