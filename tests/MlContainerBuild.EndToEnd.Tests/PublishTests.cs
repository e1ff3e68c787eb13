using System.Text.Json;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>The good image: published to a real registry, run by a real engine, reported where a person looks.</summary>
public sealed class PublishTests
{
    [Fact]
    public async Task PinnedBase_PublishesAndRunsAsItsUser()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "good").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .WriteFile("Program.cs", "Console.WriteLine($\"uid={File.ReadLines(\"/proc/self/status\").First(line => line.StartsWith(\"Uid\"))}\");");

        BuildResult first = await project.PublishContainerAsync();
        Assert.True(first.Succeeded, first.Output);
        Assert.Empty(first.Errors);
        Assert.Empty(first.Warnings);
        Assert.Contains($"{laboratory.Registry.Address}/{project.Repository}", first.Output, StringComparison.Ordinal);
        Assert.Contains("report.html", first.Output, StringComparison.Ordinal);

        CommandResult run = await Podman.RunAsync($"{laboratory.Registry.Address}/{project.Repository}:1.0.0");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1654", run.Output, StringComparison.Ordinal);

        string reports = Path.GetDirectoryName(project.Report)!;
        using JsonDocument image = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(reports, "image.json")));
        using JsonDocument served = JsonDocument.Parse(await laboratory.Registry.InspectAsync($"{project.Repository}:1.0.0"));
        Assert.Equal(served.RootElement.GetProperty("Digest").GetString(), image.RootElement.GetProperty("digest").GetString());
        Assert.All(["report.html", "verdict.json", "verdict.intoto.json"], name => Assert.True(File.Exists(Path.Combine(reports, name)), name));

        BuildResult second = await project.PublishContainerAsync();
        Assert.True(second.Succeeded, second.Output);
    }

    [Fact]
    public async Task TerminalLogger_ShowsWhereTheImageWent()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "terminal").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-env"));

        BuildResult result = await project.PublishContainerAsync("-tl:on");

        Assert.True(result.Succeeded, result.Output);
        Assert.Contains($"{laboratory.Registry.Address}/{project.Repository}:1.0.0", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TerminalLogger_ShowsTheReportWithTheLastError()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "terminalfails").PublishingTo(laboratory.Registry, laboratory.UnpinnedBase("aspnet:10.0"));

        BuildResult result = await project.PublishContainerAsync("-tl:on");

        Assert.False(result.Succeeded);
        Assert.Contains("MLC3001", result.Output, StringComparison.Ordinal);
        Assert.Contains("report.html", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--os", "linux", "--arch", "x64")]
    [InlineData("-p:PublishProfile=DefaultContainer")]
    public async Task OtherFormsOfTheCommand_AreGatedToo(params string[] arguments)
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "forms").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("UseAppHost", "false").Property("SelfContained", "false");
        string[] target = arguments[0] == "--os" ? ["-t:PublishContainer"] : [];

        BuildResult refused = await project.RunAsync(["publish", .. target, .. arguments, "-p:ContainerUser=0"]);
        Assert.Equal(["MLC3010"], refused.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));

        BuildResult published = await project.RunAsync(["publish", .. target, .. arguments]);
        Assert.True(published.Succeeded, published.Output);
        Assert.Empty(published.Warnings);
        Assert.NotEmpty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task SolutionWithTwoServicesAndALibrary_GatesEachService()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        string directory = laboratory.NewDirectory("solution");
        TestProject good = new TestProject(laboratory, "good", Path.Combine(directory, "good")).PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("ContainerRepository", "e2e/solution-good");
        TestProject bad = new TestProject(laboratory, "bad", Path.Combine(directory, "bad")).PublishingTo(laboratory.Registry, laboratory.UnpinnedBase("aspnet:10.0"))
            .Property("ContainerRepository", "e2e/solution-bad");
        TestProject library = new TestProject(laboratory, "library", Path.Combine(directory, "library")).Sdk("Microsoft.NET.Sdk").WriteFile("Program.cs", "");
        foreach (TestProject project in new[] { good, bad, library })
        {
            project.Write();
        }

        var solution = new TestProject(laboratory, "all", directory);
        File.Delete(Path.Combine(directory, "Program.cs"));
        await solution.RunAsync("new", "sln", "-n", "all", "--format", "sln");
        File.Delete(solution.File);
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = laboratory.NuGetPackages };
        await CommandLine.RunAsync("dotnet", ["sln", "all.sln", "add", good.File, bad.File, library.File], directory, environment);

        BuildResult result = BuildResult.Parse(await CommandLine.RunAsync("dotnet", ["publish", "all.sln", "-t:PublishContainer"], directory, environment));

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC3001"], result.Errors);
        Assert.Equal("bad.csproj", result.Find("MLC3001").File);
        Assert.NotEmpty(laboratory.Registry.Requests("e2e/solution-good"));
        Assert.Empty(laboratory.Registry.Requests("e2e/solution-bad"));
    }

    [Fact]
    public async Task GitHubActions_GetsASummaryAndTheDigest()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "actions").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"));
        string summary = Path.Combine(project.Directory, "summary.md");
        string output = Path.Combine(project.Directory, "output.txt");

        BuildResult result = await project.RunAsync(
            new Dictionary<string, string> { ["GITHUB_STEP_SUMMARY"] = summary, ["GITHUB_OUTPUT"] = output },
            "publish", "-t:PublishContainer");

        Assert.True(result.Succeeded, result.Output);
        using JsonDocument served = JsonDocument.Parse(await laboratory.Registry.InspectAsync($"{project.Repository}:1.0.0"));
        string digest = served.RootElement.GetProperty("Digest").GetString()!;
        Assert.Contains($"digest={digest}", await File.ReadAllTextAsync(output), StringComparison.Ordinal);
        Assert.Contains(project.Repository, await File.ReadAllTextAsync(summary), StringComparison.Ordinal);
    }
}
