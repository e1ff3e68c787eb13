using System.Runtime.Versioning;

using MlContainerBuild.Checks.Images.Archives;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Archives;

/// <summary>What docker and podman are asked, with scripts in their place; that podman understands it is tested end to end.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LocalEngineTests : IDisposable
{
    private const string Manifest = "sha256:1111";
    private const string Configuration = "sha256:2222";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Docker_LoadsTheArchiveAndIsAskedForEveryTag()
    {
        Install("docker", "echo sha256:2222");

        Assert.Null(await LoadAsync(localRegistry: null));
        Assert.Equal(
            ["docker info", "docker load --quiet --input /image.tar", "docker image inspect team/app:1.0", "docker image inspect team/app:stable"],
            Calls());
    }

    [Fact]
    public async Task Podman_PullsTheArchiveAndNamesItAsTheSdkWould()
    {
        Install("podman", "echo x localhost/team/app@sha256:1111");

        Assert.Null(await LoadAsync(localRegistry: null));
        Assert.Equal(
            [
                "podman info", "podman pull --quiet oci-archive:/image.tar:1.0", "podman tag docker.io/team/app:1.0 localhost/team/app:1.0 localhost/team/app:stable",
                "podman untag docker.io/team/app:1.0 docker.io/team/app:1.0", "podman image inspect localhost/team/app:1.0", "podman image inspect localhost/team/app:stable",
            ],
            Calls());
    }

    [Fact]
    public async Task EngineThatDoesNotAnswer_IsPassedOver()
    {
        Install("docker", "exit 1");
        Install("podman", "echo 2222");

        Assert.Null(await LoadAsync(localRegistry: null));
        Assert.Equal(["docker info", "podman info"], Calls().Take(2));
    }

    [Fact]
    public async Task EngineThatTheProjectNames_IsTheOnlyCandidate()
    {
        Install("docker", "echo 2222");
        Install("podman", "exit 1");

        Assert.Null(await LocalEngine.FindAsync("podman", Environment(), CancellationToken.None));
        Assert.Equal(["podman info"], Calls());
    }

    [Fact]
    public async Task TagThatNamesAnotherImage_IsAProblem()
    {
        Install("docker", "echo sha256:3333");

        Assert.Equal("What docker calls 'team/app:1.0' is not the image that was verified.", await LoadAsync(localRegistry: "Docker"));
    }

    [Fact]
    public async Task EngineThatRefusesTheArchive_SaysWhy()
    {
        Install("docker", "[ $1 = info ] || { echo no space left >&2; exit 3; }");

        Assert.Equal("'docker load' failed: no space left", await LoadAsync(localRegistry: null));
    }

    private async Task<string?> LoadAsync(string? localRegistry)
    {
        LocalEngine? engine = await LocalEngine.FindAsync(localRegistry, Environment(), CancellationToken.None);
        return await engine!.LoadAsync("/image.tar", "team/app", ["1.0", "stable"], [Configuration, Manifest], CancellationToken.None);
    }

    // The script writes down how it was called, but for the format of an answer, and answers.
    private void Install(string name, string answer) => folder.WriteProgram(
        name, $"echo \"{name} $*\" | sed 's/ --format .*[}}][}}] / /' >>'{folder.Path}/calls'\n{answer}\n");

    private RegistryEnvironment Environment() => new(variable => variable == "PATH" ? folder.Path : null, folder.Path);

    private string[] Calls() => File.ReadAllLines(Path.Combine(folder.Path, "calls"));
}
