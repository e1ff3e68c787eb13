using System.Text.Json;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>
/// The SDK hands labels and variables to its inner builds as text that it splits again at ';' and ':'. Proved here on the
/// published configurations of both platforms.
/// </summary>
public sealed class MultiPlatformTests
{
    [Fact]
    public async Task ValuesThatTheSdkWouldSplit_ArriveWholeOnBothPlatforms()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "values").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .Item("ContainerLabel", "injection", "k=v;ContainerUser=root")
            .Item("ContainerLabel", "escaped", "a%3Bb:c=d")
            .Item("ContainerLabel", "commandline", "$(FromCommandLine)")
            .RawItem("<ContainerLabel Include=\"lines\"><Value>one\ntwo: three; four</Value></ContainerLabel>")
            .Item("ContainerEnvironmentVariable", "Database__Connection", "Server=tcp:db:1433;Mode=ro;ContainerUser=root")
            .Item("ContainerEnvironmentVariable", "Endpoint", "http://models:8080/v2")
            .Target("""
                <Target Name="LateLabel" BeforeTargets="_PublishMultiArchContainers">
                  <ItemGroup><ContainerLabel Include="late" Value="x;y:z" /></ItemGroup>
                </Target>
                <Target Name="LateVariable" BeforeTargets="_PublishSingleContainer">
                  <ItemGroup><ContainerEnvironmentVariables Include="LATE" Value="p;q:r=s" /></ItemGroup>
                </Target>
                """);

        BuildResult result = await project.PublishContainerAsync("-p:FromCommandLine=u%3Bv:w");

        Assert.True(result.Succeeded, result.Output);
        Assert.Empty(result.Warnings);
        foreach (string architecture in new[] { "amd64", "arm64" })
        {
            string text = await laboratory.Registry.InspectAsync($"{project.Repository}:1.0.0", "--config", "--override-arch", architecture);
            JsonElement config = JsonDocument.Parse(text).RootElement.GetProperty("config");
            JsonElement labels = config.GetProperty("Labels");
            string[] environment = [.. config.GetProperty("Env").EnumerateArray().Select(variable => variable.GetString()!)];

            Assert.Equal("1654", config.GetProperty("User").GetString());
            Assert.Equal("k=v;ContainerUser=root", labels.GetProperty("injection").GetString());
            Assert.Equal("a;b:c=d", labels.GetProperty("escaped").GetString());
            Assert.Equal("u;v:w", labels.GetProperty("commandline").GetString());
            Assert.Equal("one\ntwo: three; four", labels.GetProperty("lines").GetString());
            Assert.Equal("x;y:z", labels.GetProperty("late").GetString());
            Assert.Contains("Database__Connection=Server=tcp:db:1433;Mode=ro;ContainerUser=root", environment);
            Assert.Contains("Endpoint=http://models:8080/v2", environment);
            Assert.Contains("LATE=p;q:r=s", environment);
            Assert.DoesNotContain("folded", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FindingOnOnePlatformOnly_StopsBothBeforeAnythingIsPushed()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "oneplatform").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .RawItem("<ContainerPort Include=\"8080\" Type=\"tcp\" />")
            .Target("<PropertyGroup Condition=\"'$(RuntimeIdentifier)' == 'linux-arm64'\"><ContainerUser>root</ContainerUser></PropertyGroup>");

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC3010"], result.Errors);
        Assert.Contains("linux-arm64", result.Find("MLC3010").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("linux-x64", result.Find("MLC3010").Text, StringComparison.Ordinal);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task TargetOfTheInnerBuildThatSetsTheUserLate_StopsThePush()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "innerlate").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .Target("""
                <Target Name="Late" BeforeTargets="_PublishSingleContainer">
                  <PropertyGroup><ContainerUser>root</ContainerUser></PropertyGroup>
                </Target>
                """);

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC3010"], result.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));

        // The report of the whole publish does not claim to be finished, and the platform's own says what was found.
        Assert.Contains("has not been compared with it", await File.ReadAllTextAsync(project.Report), StringComparison.Ordinal);
        string[] own = [.. Directory.GetFiles(project.Directory, "report.sarif", SearchOption.AllDirectories).Where(path => path != project.Report)];
        Assert.NotEmpty(own);
        Assert.All(own, path => Assert.Contains("MLC3010", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Contains(own, path => result.Output.Contains(Path.ChangeExtension(path, ".html"), StringComparison.Ordinal));
    }

    // The profile reaches the inner builds, where the Web SDK would publish a container at the end of Publish.
    [Fact]
    public async Task ContainerProfile_PushesNothingBeforeAllPlatformsAreJudged()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "profile").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .Property("PublishProfile", "DefaultContainer");

        BuildResult refused = await project.RunAsync("publish", "-p:ContainerUser=root");
        Assert.Equal(["MLC3010"], refused.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));

        BuildResult published = await project.RunAsync("publish");
        Assert.True(published.Succeeded, published.Output);
        Assert.Empty(published.Warnings);
        Assert.DoesNotContain("MLC3040", published.Messages);
    }

    [Fact]
    public async Task UserTakenAwayLate_IsJudgedWithWhatTheBaseBrings()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "userremoved").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .Item("ContainerEnvironmentVariable", "APP_UID", "0")
            .Property("ContainerUser", "1654:1654")
            .WriteFile("mlcontainer.yaml", "version: 1\n")
            .Target("""
                <Target Name="Late" BeforeTargets="_PublishSingleContainer">
                  <PropertyGroup><ContainerUser /></PropertyGroup>
                </Target>
                """);

        BuildResult result = await project.PublishContainerAsync();

        Assert.Equal(["MLC3010"], result.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task RegistryThatLiesToTheSdkAlone_IsFoundAndEveryTagNamed()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        await using var liar = new LyingProxy(laboratory.Registry.Address, "sdk");
        string baseImage = laboratory.Base("aspnet:10.0-multi").Replace(laboratory.Registry.Address, liar.Address, StringComparison.Ordinal);
        TestProject project = new TestProject(laboratory, "twofaced-platforms").ForTwoPlatforms().PublishingTo(laboratory.Registry, baseImage);

        BuildResult result = await project.RunAsync(
            new Dictionary<string, string> { ["XDG_CACHE_HOME"] = Path.Combine(project.Directory, "cache") },
            "publish", "-t:PublishContainer");

        Assert.Equal(["MLC3042"], result.Errors);
        string text = result.Find("MLC3042").Text;
        Assert.Contains("linux-x64: its lower layers are not those of the base image", text, StringComparison.Ordinal);
        Assert.Contains("linux-arm64: its lower layers are not those of the base image", text, StringComparison.Ordinal);
        Assert.Contains("The tags '1.0.0', '1.0.0-linux-x64', '1.0.0-linux-arm64' now point at it.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortThatWouldBeSplit_IsRefused()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "port").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .RawItem("<ContainerPort Include=\"8080%3BContainerUser=root\" Type=\"tcp\" />");

        BuildResult result = await project.PublishContainerAsync();

        Assert.Contains("MLC3040", result.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }
}
