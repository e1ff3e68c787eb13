using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary><c>dotnet build -t:MlContainerPin</c>, against a real registry and with real files.</summary>
public sealed class PinTests
{
    [Fact]
    public async Task ProjectThatDoesNotCompile_IsPinnedAndThenPublishes()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        string pinned = laboratory.Base("aspnet:10.0-multi");
        TestProject project = new TestProject(laboratory, "pin").PublishingTo(laboratory.Registry, laboratory.UnpinnedBase("aspnet:10.0-multi"));
        string program = await File.ReadAllTextAsync(Path.Combine(project.Directory, "Program.cs"));
        project.WriteFile("Program.cs", "does not compile").Write();
        string before = await File.ReadAllTextAsync(project.File);

        BuildResult unpinned = await project.RunAsync("build", "-t:MlContainerPin", "-p:MlContainerVerifyNoChanges=true");
        Assert.Equal(["MLC3001"], unpinned.Errors);
        Assert.Contains($"dotnet build \"{project.File}\" -t:MlContainerPin", unpinned.Find("MLC3001").Text, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(project.File));

        BuildResult pin = await project.RunAsync("build", "-t:MlContainerPin", "-tl:on");
        Assert.True(pin.Succeeded, pin.Output);
        Assert.Contains(pinned, pin.Output, StringComparison.Ordinal);
        string after = before.Replace($">{laboratory.UnpinnedBase("aspnet:10.0-multi")}<", $">{pinned}<", StringComparison.Ordinal);
        Assert.Equal(after, await File.ReadAllTextAsync(project.File));

        BuildResult again = await project.RunAsync("build", "-t:MlContainerPin");
        Assert.True(again.Succeeded, again.Output);
        Assert.Contains("nothing to change", again.Output, StringComparison.Ordinal);
        Assert.Equal(after, await File.ReadAllTextAsync(project.File));

        BuildResult published = await project.WriteFile("Program.cs", program).PublishContainerAsync();
        Assert.True(published.Succeeded, published.Output);
    }

    [Fact]
    public async Task TagThatHasMoved_IsReportedAndThenFollowed()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        string moving = $"{laboratory.Registry.Address}/pin/moving:1";
        await laboratory.Registry.CopyAsync(laboratory.UnpinnedBase("aspnet:10.0-env"), moving);
        TestProject project = new TestProject(laboratory, "moved").PublishingTo(laboratory.Registry, Pinned("aspnet:10.0-env"));

        await laboratory.Registry.CopyAsync(laboratory.UnpinnedBase("aspnet:10.0"), moving);
        BuildResult drifted = await project.RunAsync("build", "-t:MlContainerPin", "-p:MlContainerVerifyNoChanges=true");
        Assert.Equal(["MLC3006"], drifted.Errors);
        Assert.Equal(("moved.csproj", project.LineOf("<ContainerBaseImage>")), (drifted.Find("MLC3006").File, drifted.Find("MLC3006").Line));
        Assert.True(project.LineOf(Pinned("aspnet:10.0-env")) > 0);

        BuildResult followed = await project.RunAsync("build", "-t:MlContainerPin");
        Assert.True(followed.Succeeded, followed.Output);
        Assert.True(project.LineOf($">{Pinned("aspnet:10.0")}<") > 0);

        string Pinned(string name) => moving + laboratory.Base(name)[laboratory.Base(name).IndexOf('@', StringComparison.Ordinal)..];
    }

    // Debug is what `dotnet build` would look at, and the value is there in Release only, as for `dotnet publish`.
    [Fact]
    public async Task SolutionWithOneDirectoryBuildProps_IsPinnedThere()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        string directory = laboratory.NewDirectory("shared");
        string props = $"""
            <Project>
            	<PropertyGroup>
            		<ContainerBaseImage Condition="'$(Configuration)' == 'Release'">{laboratory.UnpinnedBase("aspnet:10.0")}</ContainerBaseImage>
            	</PropertyGroup>
            </Project>
            """.ReplaceLineEndings("\r\n");
        await File.WriteAllTextAsync(Path.Combine(directory, "Directory.Build.props"), props);
        TestProject[] projects =
        [
            new TestProject(laboratory, "one", Path.Combine(directory, "one")),
            new TestProject(laboratory, "two", Path.Combine(directory, "two")),
            new TestProject(laboratory, "library", Path.Combine(directory, "library")).Sdk("Microsoft.NET.Sdk"),
        ];
        await File.WriteAllLinesAsync(
            Path.Combine(directory, "all.slnx"),
            ["<Solution>", .. projects.Select(project => $"  <Project Path=\"{project.Name}/{project.Name}.csproj\" />"), "</Solution>"]);
        foreach (TestProject project in projects)
        {
            project.Write();
        }

        BuildResult pin = BuildResult.Parse(await CommandLine.RunAsync(
            "dotnet", ["build", "all.slnx", "-t:MlContainerPin"], directory, new Dictionary<string, string> { ["NUGET_PACKAGES"] = laboratory.NuGetPackages }));

        Assert.True(pin.Succeeded, pin.Output);
        Assert.Contains("no container is made of this project", pin.Output, StringComparison.Ordinal);
        Assert.All(projects[..2], project => Assert.Contains(project.File, pin.Output, StringComparison.Ordinal));
        Assert.Equal(
            props.Replace($">{laboratory.UnpinnedBase("aspnet:10.0")}<", $">{laboratory.Base("aspnet:10.0")}<", StringComparison.Ordinal),
            await File.ReadAllTextAsync(Path.Combine(directory, "Directory.Build.props")));
        Assert.All(projects, project => Assert.Equal(0, project.LineOf("ContainerBaseImage")));
    }

    // The publish finds ASP.NET Core through the library; without looking there, the pin would be of the image without it.
    [Fact]
    public async Task InferredBaseThatCannotBeRead_IsTheOneThePublishWouldUse()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        string directory = laboratory.NewDirectory("inferred");
        new TestProject(laboratory, "library", Path.Combine(directory, "library")).Sdk("Microsoft.NET.Sdk").WithoutPackage()
            .RawItem("""<FrameworkReference Include="Microsoft.AspNetCore.App" />""").Write();
        TestProject project = new TestProject(laboratory, "app", Path.Combine(directory, "app")).Sdk("Microsoft.NET.Sdk")
            .Property("OutputType", "Exe")
            .Property("ContainerFamily", "noble")
            .ForFrameworks("net10.0")
            .RawItem("""<ProjectReference Include="../library/library.csproj" />""");

        // Nothing answers there: it fails at once, with or without a network.
        var environment = new Dictionary<string, string> { ["HTTPS_PROXY"] = "http://127.0.0.1:9", ["NO_PROXY"] = "localhost" };
        await project.RunAsync("restore");
        BuildResult result = await project.RunAsync(environment, "build", "--no-restore", "-t:MlContainerPin");

        Assert.Equal(["MLC9007"], result.Errors);
        Assert.Contains("dotnet/aspnet:10.0-noble from registry mcr.microsoft.com", result.Find("MLC9007").Text, StringComparison.Ordinal);
        Assert.Equal(0, project.LineOf("ContainerBaseImage"));
    }

    [Fact]
    public async Task BaseOnTheCommandLine_IsRefusedWithThePin()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "refused");

        BuildResult result = await project.RunAsync("build", "-t:MlContainerPin", $"-p:ContainerBaseImage={laboratory.UnpinnedBase("aspnet:10.0")}");

        Assert.Equal(["MLC3001"], result.Errors);
        string text = result.Find("MLC3001").Text;
        Assert.Contains("MlContainerPin cannot write it: it is given on the command line", text, StringComparison.Ordinal);
        Assert.Contains($"<ContainerBaseImage>{laboratory.Base("aspnet:10.0")}</ContainerBaseImage>", text, StringComparison.Ordinal);

        BuildResult publish = await project.PublishContainerAsync($"-p:ContainerBaseImage={laboratory.UnpinnedBase("aspnet:10.0")}");
        Assert.Contains("is to be given on the command line instead", publish.Find("MLC3001").Text, StringComparison.Ordinal);
    }
}
