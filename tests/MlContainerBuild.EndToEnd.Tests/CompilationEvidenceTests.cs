using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>C# findings count at publish, for the very assemblies that go into the image.</summary>
public sealed class CompilationEvidenceTests
{
    [Fact]
    public async Task FindingInTheCode_FailsThePublishOnlyWhereThePolicySaysSo()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "finding")
            .WriteFile("Mistake.cs", UnappliedOptions.Class("Mistake"));

        BuildResult warned = await project.PublishContainerAsync();
        Assert.True(warned.Succeeded, warned.Output);
        Assert.Contains("MLC2001", warned.Warnings);

        project.WriteFile("mlcontainer.yaml", "version: 1\nrules: { MLC2001: error }\n");
        BuildResult refused = await project.PublishContainerAsync("--no-build");
        Assert.Equal(["MLC2001"], refused.Errors);
        Assert.Equal("Mistake.cs", refused.Find("MLC2001").File);
        Assert.True(refused.Find("MLC2001").Line > 0);
    }

    [Fact]
    public async Task SuppressedFinding_DoesNotCount()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "suppressed")
            .WriteFile("Mistake.cs", "#pragma warning disable MLC2001\n" + UnappliedOptions.Class("Mistake"))
            .WriteFile("mlcontainer.yaml", "version: 1\nrules: { MLC2001: error }\n");

        BuildResult result = await project.PublishContainerAsync();

        Assert.True(result.Succeeded, result.Output);
    }

    [Fact]
    public async Task AnalysisThatWasSwitchedOff_IsNoEvidence()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "switchedoff");

        BuildResult result = await project.PublishContainerAsync("-p:RunAnalyzers=false");
        Assert.Equal(["MLC9005"], result.Errors);

        // The assembly of that build is still there, and so is its empty, valid log.
        BuildResult later = await project.PublishContainerAsync("--no-build");
        Assert.Equal(["MLC9005"], later.Errors);

        BuildResult again = await project.PublishContainerAsync();
        Assert.True(again.Succeeded, again.Output);
        BuildResult withoutBuild = await project.PublishContainerAsync("--no-build");
        Assert.True(withoutBuild.Succeeded, withoutBuild.Output);
    }

    [Fact]
    public async Task RuleSilencedByNoWarn_IsNamedAndComesBackWithoutACleanBuild()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "nowarn")
            .WriteFile("Mistake.cs", UnappliedOptions.Class("Mistake"))
            .WriteFile("mlcontainer.yaml", "version: 1\nrules: { MLC2001: error }\n");

        BuildResult silenced = await project.PublishContainerAsync("-p:NoWarn=MLC2001");
        Assert.Contains("MLC9009", silenced.Messages.Concat(silenced.Warnings));
        Assert.Contains("MLC2001", silenced.Find("MLC9009").Text, StringComparison.Ordinal);

        BuildResult heard = await project.PublishContainerAsync();
        Assert.Contains("MLC2001", heard.Errors);
    }

    [Fact]
    public async Task FindingUnderTheCondition_OfOnePlatform_StopsBoth()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "condition").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .WriteFile("Types.cs", UnappliedOptions.Types)
            .WriteFile("Mistake.cs", "#if ARM\n" + UnappliedOptions.Class("Mistake") + "\n#endif\n")
            .WriteFile("mlcontainer.yaml", "version: 1\nrules: { MLC2001: error }\n")
            .Target("<PropertyGroup Condition=\"'$(RuntimeIdentifier)' == 'linux-arm64'\"><DefineConstants>$(DefineConstants);ARM</DefineConstants></PropertyGroup>");

        BuildResult result = await project.PublishContainerAsync();

        Assert.Equal(["MLC2001"], result.Errors);
        Assert.Contains("linux-arm64", string.Concat(result.Diagnostics.Where(found => found.Severity == "error").Select(found => found.Text)), StringComparison.Ordinal);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task ReferencedProjects_AreJudgedWhereAnalysedAndNamedWhereNot()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        string directory = laboratory.NewDirectory("libraries");
        TestProject analysed = new TestProject(laboratory, "Analysed", Path.Combine(directory, "Analysed")).Sdk("Microsoft.NET.Sdk")
            .WriteFile("Program.cs", UnappliedOptions.Types).WriteFile("Mistake.cs", UnappliedOptions.Class("Mistake"));
        TestProject unknown = new TestProject(laboratory, "Unknown", Path.Combine(directory, "Unknown")).Sdk("Microsoft.NET.Sdk")
            .WithoutPackage().WriteFile("Program.cs", "public static class Unknown;");
        analysed.Write();
        unknown.Write();
        TestProject service = new TestProject(laboratory, "Service", Path.Combine(directory, "Service"))
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("ContainerRepository", "e2e/libraries")
            .RawItem("<ProjectReference Include=\"../Analysed/Analysed.csproj\" />")
            .RawItem("<ProjectReference Include=\"../Unknown/Unknown.csproj\" />")
            .WriteFile("mlcontainer.yaml", "version: 1\nrules: { MLC2001: error }\n");

        BuildResult result = await service.PublishContainerAsync();

        Assert.Equal(["MLC2001"], result.Errors);
        Assert.Contains("Unknown", result.Find("MLC9009").Text, StringComparison.Ordinal);
        Assert.Empty(laboratory.Registry.Requests("e2e/libraries"));
    }

    [Fact]
    public async Task ErrorLogOfTheUsersOwn_IsRead_AndItsOldFormatIsNamed()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "errorlog");

        BuildResult old = await project.PublishContainerAsync("-p:ErrorLog=my.sarif");
        Assert.Equal(["MLC9005"], old.Errors);
        Assert.Contains("version=2.1", old.Find("MLC9005").Text, StringComparison.Ordinal);

        BuildResult good = await project.PublishContainerAsync("-p:ErrorLog=my.sarif%2Cversion=2.1");
        Assert.True(good.Succeeded, good.Output);
    }

    // MSBuild does not notice an input that is gone.
    [Fact]
    public async Task RuleSilencedByAnEditorConfig_ComesBackWhenTheFileIsDeleted()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "editorconfig")
            .WriteFile("Mistake.cs", UnappliedOptions.Class("Mistake"))
            .WriteFile(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.MLC2001.severity = none\n")
            .WriteFile("mlcontainer.yaml", "version: 1\nrules: { MLC2001: error }\n");

        BuildResult silenced = await project.PublishContainerAsync();
        Assert.DoesNotContain("MLC2001", silenced.Errors);

        File.Delete(Path.Combine(project.Directory, ".editorconfig"));
        BuildResult heard = await project.PublishContainerAsync();
        Assert.Contains("MLC2001", heard.Errors);
    }

    [Fact]
    public async Task ErrorLogThatAllPlatformsShare_IsKeptForEach()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "sharedlog").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .Property("ErrorLog", "$(MSBuildProjectName).sarif,version=2.1")
            .Property("ContainerPublishInParallel", "false");

        BuildResult result = await project.PublishContainerAsync();

        Assert.True(result.Succeeded, result.Output);
    }

    [Fact]
    public async Task BuildTargetInsteadOfPublish_IsToldWhatToRun()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "buildtarget");

        BuildResult result = await project.RunAsync("build", "-t:PublishContainer");

        Assert.False(result.Succeeded);
        Assert.Contains("dotnet publish", result.Output, StringComparison.Ordinal);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    private static TestProject NewProject(Laboratory laboratory, string name) => new TestProject(laboratory, name)
        .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
        .WriteFile("Types.cs", UnappliedOptions.Types);
}
