using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>The package's properties and the policy file, as a publish meets them.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task Audit_ReportsEverythingAndFailsNothing()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewUnpinned(laboratory, "audit").Property("ContainerUser", "root");

        BuildResult result = await project.PublishContainerAsync("-p:MlContainerMode=Audit", "-warnaserror");

        Assert.True(result.Succeeded, result.Output);
        Assert.Contains("MLC3001", result.Output, StringComparison.Ordinal);
        Assert.Contains("MLC3010", result.Output, StringComparison.Ordinal);
        Assert.Contains("2 findings would fail", result.Output, StringComparison.Ordinal);
        Assert.NotEmpty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task FailOnWarning_RefusesWhatIsOnlyAWarning()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "failon").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("ContainerUser", "app");

        BuildResult tolerated = await project.PublishContainerAsync();
        Assert.True(tolerated.Succeeded, tolerated.Output);
        Assert.Equal(["MLC3011"], tolerated.Warnings);

        BuildResult refused = await project.PublishContainerAsync("-p:MlContainerFailOn=warning", "--no-build");
        Assert.Equal(["MLC3011"], refused.Errors);

        string[] requests = laboratory.Registry.Requests(project.Repository);
        BuildResult asErrors = await project.PublishContainerAsync("-warnaserror", "--no-build");
        Assert.Equal(["MLC3011"], asErrors.Errors);
        Assert.Equal(requests, laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task WarningsAsErrors_LeaveAGoodProjectAlone()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "warnaserror").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("TreatWarningsAsErrors", "true");

        BuildResult result = await project.PublishContainerAsync("-warnaserror");

        Assert.True(result.Succeeded, result.Output);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task UnknownValues_AreRefusedAndInTheBuildWarnedOf()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "unknown").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("MlContainerMode", "Enfroce");

        BuildResult build = await project.RunAsync("build");
        Assert.True(build.Succeeded, build.Output);
        Assert.Equal(["MLC9008"], build.Warnings);

        BuildResult publish = await project.PublishContainerAsync();
        Assert.Equal(["MLC9008"], publish.Errors);
        Assert.Equal(project.LineOf("<MlContainerMode>"), publish.Find("MLC9008").Line);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Fact]
    public async Task PolicyFile_IsReadExceptionsCountAndMistakesArePlaced()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewUnpinned(laboratory, "policy").WriteFile("mlcontainer.yaml", """
            version: 1
            images:
              allowedRegistries: [registry.example]
            exceptions:
              - { rule: MLC3001, path: policy.csproj, reason: "lab only, OPS-1", expires: 2099-12-31 }
            """);

        BuildResult foreign = await project.PublishContainerAsync();
        Assert.Equal(["MLC3002"], foreign.Errors);
        Assert.Contains("OPS-1", await File.ReadAllTextAsync(project.Report), StringComparison.Ordinal);

        project.WriteFile("mlcontainer.yaml", "version: 1\nimages:\n  allowedRegistry: [localhost]\n");
        BuildResult build = await project.RunAsync("build");
        Assert.Equal(["MLC9001"], build.Warnings);
        BuildResult invalid = await project.PublishContainerAsync("-p:MlContainerMode=Audit");
        Assert.Contains("MLC9001", invalid.Errors);
        Assert.Equal(("mlcontainer.yaml", 3), (invalid.Find("MLC9001").File, invalid.Find("MLC9001").Line));
        Assert.Contains("allowedRegistries", invalid.Find("MLC9001").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsInImportedFiles_AreFoundThere()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "imported")
            .Property("ContainerRegistry", laboratory.Registry.Address)
            .WriteFile("Directory.Build.props", $"""
                <Project>
                  <PropertyGroup>
                    <ContainerBaseImage>{laboratory.UnpinnedBase("aspnet:10.0")}</ContainerBaseImage>
                  </PropertyGroup>
                  <ItemGroup>
                    <ContainerEnvironmentVariable Include="NVIDIA_VISIBLE_DEVICES">
                      <Value>all</Value>
                    </ContainerEnvironmentVariable>
                  </ItemGroup>
                </Project>
                """);

        BuildResult result = await project.PublishContainerAsync();

        Assert.Equal(("Directory.Build.props", 3), (result.Find("MLC3001").File, result.Find("MLC3001").Line));
        Assert.Equal(("Directory.Build.props", 7), (result.Find("MLC3030").File, result.Find("MLC3030").Line));
    }

    private static TestProject NewUnpinned(Laboratory laboratory, string name) =>
        new TestProject(laboratory, name).PublishingTo(laboratory.Registry, laboratory.UnpinnedBase("aspnet:10.0"));
}
