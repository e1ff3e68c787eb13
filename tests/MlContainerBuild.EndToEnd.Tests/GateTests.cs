using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>What a new user meets: real projects, the packed package, the real SDK and a real registry.</summary>
public sealed class GateTests
{
    [Fact]
    public async Task UntouchedWebProject_GetsThePinErrorAndNothingElseAboveInfo()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        var project = new TestProject(laboratory, "untouched");
        await project.RunAsync("new", "web", "--force", "--no-restore", "-n", "untouched", "-o", ".");
        await project.RunAsync("add", "package", "MlContainerBuild");

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC3001"], result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Contains("base image has not been inspected", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task EveryMistakeTogether_IsReportedAtOnceWhereItStandsAndNothingIsRequested()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        await using Registry registry = await Registry.StartAsync(laboratory.NewDirectory("registry"));
        string token = "hf_" + new string('a', 17) + new string('B', 17);
        TestProject project = new TestProject(laboratory, "mistakes")
            .PublishingTo(registry, laboratory.UnpinnedBase("aspnet:10.0"))
            .Property("ContainerUser", "root")
            .Item("ContainerLabel", "org.example.token", token)
            .Item("ContainerEnvironmentVariable", "HF_TOKEN", token)
            .Item("ContainerEnvironmentVariable", "NVIDIA_VISIBLE_DEVICES", "all")
            .Item("ContainerEnvironmentVariable", "NVIDIA_DRIVER_CAPABILITIES", "all")
            .Item("ContainerEnvironmentVariable", "LD_PRELOAD", "./inject.so")
            .RawItem("<ContainerPort Include=\"22\" Type=\"tcp\" />");

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC3001", "MLC3010", "MLC3020", "MLC3021", "MLC3033"], result.Errors);
        Assert.Equal(["MLC3030", "MLC3031", "MLC3045"], result.Warnings);
        Assert.Equal(project.LineOf("<ContainerBaseImage>"), result.Find("MLC3001").Line);
        Assert.Equal(project.LineOf("<ContainerUser>"), result.Find("MLC3010").Line);
        Assert.Equal(project.LineOf("org.example.token"), result.Find("MLC3021").Line);
        Assert.Equal(project.LineOf("LD_PRELOAD"), result.Find("MLC3033").Line);
        Assert.DoesNotContain(token, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, await File.ReadAllTextAsync(project.Report), StringComparison.Ordinal);
        Assert.Empty(registry.Requests());
    }

    [Theory]
    [InlineData("root")]
    [InlineData("0")]
    [InlineData("0:0")]
    public async Task RootFromTheCommandLine_IsRefusedAndSaidToComeFromThere(string user)
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "root").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"));

        BuildResult result = await project.PublishContainerAsync($"-p:ContainerUser={user}");

        Assert.Equal(["MLC3010"], result.Errors);
        Assert.Contains("set on the command line", result.Find("MLC3010").Text, StringComparison.Ordinal);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task TargetThatSetsTheUserLate_IsSeen()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "late")
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Target("""
                <Target Name="Late" BeforeTargets="_PublishSingleContainer">
                  <PropertyGroup><ContainerUser>root</ContainerUser></PropertyGroup>
                </Target>
                """);

        BuildResult result = await project.PublishContainerAsync();

        Assert.Equal(["MLC3010"], result.Errors);
        Assert.Contains("set by a target", result.Find("MLC3010").Text, StringComparison.Ordinal);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task GateThatWasKeptOut_FailsThePublish()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "bypass")
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .WriteFile("Directory.Build.targets", "<Project><PropertyGroup><AfterMicrosoftNETSdkTargets /></PropertyGroup></Project>");

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC9006"], result.Errors);
    }

    [Fact]
    public async Task OldSdk_IsNamedBeforeAnythingRuns()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "oldsdk").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"));

        BuildResult result = await project.PublishContainerAsync("-p:NETCoreSdkVersion=9.0.100");

        Assert.Equal(["MLC9006"], result.Errors);
        Assert.Contains("9.0.100", result.Find("MLC9006").Text, StringComparison.Ordinal);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task SwitchedOff_PublishesAndSaysSo()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "off").PublishingTo(laboratory.Registry, laboratory.UnpinnedBase("aspnet:10.0"));

        BuildResult result = await project.PublishContainerAsync("-p:MlContainerEnabled=false");

        Assert.True(result.Succeeded, result.Output);
        Assert.Contains("published unchecked", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Diagnostics);
        Assert.NotEmpty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task SwitchThatIsNeitherOnNorOff_IsRefused()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "switch").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"));

        BuildResult result = await project.PublishContainerAsync("-p:MlContainerEnabled=no");

        Assert.Equal(["MLC9008"], result.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task ConsoleProjectWithTheContainerProfile_IsToldThatNoContainerWasMade()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "console").Sdk("Microsoft.NET.Sdk")
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("OutputType", "Exe")
            .WriteFile("Program.cs", "System.Console.WriteLine(1);");

        BuildResult result = await project.RunAsync("publish", "-p:PublishProfile=DefaultContainer");

        Assert.True(result.Succeeded, result.Output);
        Assert.Contains("MLC3044", result.Warnings);
    }
}
