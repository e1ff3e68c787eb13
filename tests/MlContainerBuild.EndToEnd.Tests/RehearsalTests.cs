using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>What the base image brings with it is judged before the push, on bytes that were verified.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public async Task InheritedRoot_IsRefusedBeforeAnythingIsPushed()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "inherited").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-root"));

        BuildResult refused = await project.PublishContainerAsync();
        Assert.Equal(["MLC3010"], refused.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));

        BuildResult cured = await project.PublishContainerAsync("-p:ContainerUser=1654:1654", "--no-build");
        Assert.True(cured.Succeeded, cured.Output);
    }

    [Fact]
    public async Task CudaBase_BringsRootAndEveryGpu()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "cuda").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-cuda"));

        BuildResult result = await project.PublishContainerAsync();

        Assert.Equal(["MLC3010"], result.Errors);
        Assert.Contains("MLC3030", result.Messages);
        Assert.Contains("base image", result.Find("MLC3030").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProxyOfTheEnvironment_IsUsedAsByTheSdk()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        await using var proxy = new ForwardProxy();
        TestProject project = new TestProject(laboratory, "proxied").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"));

        await project.RunAsync("restore");
        BuildResult result = await project.RunAsync(new Dictionary<string, string> { ["http_proxy"] = proxy.Address, ["no_proxy"] = "" }, "publish", "-t:PublishContainer", "--no-restore");

        Assert.True(result.Succeeded, result.Output);
        Assert.Contains(proxy.Requests, request => request.Contains($"/v2/{project.Repository}/manifests/", StringComparison.Ordinal) && request.Contains("User-Agent: MlContainerBuild/", StringComparison.Ordinal));
        Assert.Contains(proxy.Requests, request => request.StartsWith("PUT ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BaseForOnePlatformOnly_IsRefusedForTheOther()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "oneplatformbase").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"));

        BuildResult result = await project.PublishContainerAsync();

        Assert.Equal(["MLC3004"], result.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Theory]
    [InlineData("config")]
    [InlineData("manifest")]
    public async Task RegistryThatLiesAboutThePinnedBase_NeverEndsInAGreenPublish(string lie)
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        await using var liar = new LyingProxy(laboratory.Registry.Address, lie);
        string baseImage = laboratory.Base("aspnet:10.0-env").Replace(laboratory.Registry.Address, liar.Address, StringComparison.Ordinal);
        TestProject project = new TestProject(laboratory, "liar-" + lie).PublishingTo(laboratory.Registry, baseImage);

        // The cache of an earlier test must not hide the lie.
        BuildResult result = await project.RunAsync(
            new Dictionary<string, string> { ["XDG_CACHE_HOME"] = Path.Combine(project.Directory, "cache") },
            "publish", "-t:PublishContainer");

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC3003"], result.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));
    }

    [Theory]
    [InlineData("registry")]
    [InlineData("archive")]
    public async Task RegistryThatLiesToTheSdkAlone_IsFoundInWhatWasMade(string destination)
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        await using var liar = new LyingProxy(laboratory.Registry.Address, "sdk");
        string baseImage = laboratory.Base("aspnet:10.0").Replace(laboratory.Registry.Address, liar.Address, StringComparison.Ordinal);
        TestProject project = new TestProject(laboratory, "twofaced-" + destination).PublishingTo(laboratory.Registry, baseImage);

        BuildResult result = await project.RunAsync(
            new Dictionary<string, string> { ["XDG_CACHE_HOME"] = Path.Combine(project.Directory, "cache") },
            ["publish", "-t:PublishContainer", .. destination == "archive" ? ["-p:ContainerRegistry=", "-p:ContainerArchiveOutputPath=image.tar"] : Array.Empty<string>()]);

        Assert.False(result.Succeeded, result.Output);
        Assert.Equal(["MLC3042"], result.Errors);
        Assert.Contains("its lower layers are not those of the base image", result.Find("MLC3042").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BaseThatCannotBeRead_FailsClosedWithTheRegistryNamed()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        string missing = laboratory.Registry.Address + "/base/aspnet:10.0@sha256:" + new string('a', 64);
        TestProject project = new TestProject(laboratory, "missingbase").PublishingTo(laboratory.Registry, missing);

        BuildResult result = await project.PublishContainerAsync();

        Assert.Equal(["MLC9007"], result.Errors);
        Assert.Contains(laboratory.Registry.Address, result.Find("MLC9007").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TargetThatChangesTheImageAfterTheGate_IsFoundInWhatWasPublished()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "afterthegate").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .WriteFile("late.targets", """
                <Project>
                  <Target Name="AfterTheGate" AfterTargets="_MlContainerGate">
                    <ItemGroup><ContainerEnvironmentVariables Include="LD_PRELOAD" Value="/tmp/inject.so" /></ItemGroup>
                  </Target>
                </Project>
                """)
            .Target("<Import Project=\"late.targets\" />");

        BuildResult result = await project.PublishContainerAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(["MLC3042"], result.Errors);
        Assert.Contains("LD_PRELOAD", result.Find("MLC3042").Text, StringComparison.Ordinal);
        Assert.Contains("1.0.0", result.Find("MLC3042").Text, StringComparison.Ordinal);
    }
}
