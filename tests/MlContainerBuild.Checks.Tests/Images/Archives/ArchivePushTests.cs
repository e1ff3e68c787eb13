using System.Runtime.Versioning;

using MlContainerBuild.Checks.Images.Archives;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Archives;

[UnsupportedOSPlatform("windows")]
public sealed class ArchivePushTests : IDisposable
{
    private readonly TestMachine machine = new();
    private readonly ArchiveUnderTest archive = new ArchiveUnderTest().Write();
    private readonly string password = Guid.NewGuid().ToString();

    public void Dispose()
    {
        archive.Dispose();
        machine.Dispose();
    }

    [Fact]
    public async Task CredentialsInTheVariablesOfTheSdk_OpenTheRegistry()
    {
        using DockerRegistry registry = await DockerRegistry.StartWithLoginAsync(machine.Home, "ci", password);
        machine.Set("PATH", Environment.GetEnvironmentVariable("PATH")!).Set("DOTNET_CONTAINER_REGISTRY_UNAME", "ci").Set("DOTNET_CONTAINER_REGISTRY_PWORD", password);

        Assert.Null(await PushAsync(registry.Name));

        using var client = new RegistryClient(registry.Name, RegistryAccess.Destination, machine.Environment);
        Assert.Equal(archive.Digest, RegistryAssert.Value(await client.GetManifestAsync("team/app", "1.0", CancellationToken.None)).Digest);
    }

    [Fact]
    public async Task RegistryThatRefuses_IsAProblemThatNamesNoCredentials()
    {
        using DockerRegistry registry = await DockerRegistry.StartWithLoginAsync(machine.Home, "ci", password);
        machine.Set("PATH", Environment.GetEnvironmentVariable("PATH")!).Set("DOTNET_CONTAINER_REGISTRY_UNAME", "other").Set("DOTNET_CONTAINER_REGISTRY_PWORD", password);

        string? problem = await PushAsync(registry.Name);

        Assert.StartsWith($"skopeo could not push '{registry.Name}/team/app:1.0': ", problem, StringComparison.Ordinal);
        Assert.Contains("No tag has been pushed.", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(password, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_AreInAFileForThisUserOnlyAndGoneAfterwards()
    {
        string calls = Path.Combine(machine.Home.Path, "calls");
        machine.Home.WriteProgram("skopeo", $"""
            echo "$*" >'{calls}'
            while [ "$1" != --dest-authfile ]; do shift; done
            stat -c %a "$(dirname "$2")" >>'{calls}'
            cat "$2" >>'{calls}'
            """);
        machine.Set("PATH", $"{machine.Home.Path}:/usr/bin:/bin").Set("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME", "ci").Set("DOTNET_CONTAINER_PUSH_REGISTRY_PWORD", password);

        Assert.Null(await PushAsync("registry.example"));

        string[] lines = File.ReadAllLines(calls);
        Assert.DoesNotContain(password, lines[0], StringComparison.Ordinal);
        string[] words = lines[0].Split(' ');
        Assert.False(File.Exists(words[Array.IndexOf(words, "--dest-authfile") + 1]));
        Assert.Equal("700", lines[1]);
        string auth = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"ci:{password}"));
        Assert.Equal("{\"auths\":{\"registry.example\":{\"auth\":\"" + auth + "\"}}}", lines[2]);
    }

    [Fact]
    public async Task WithoutVariables_TheProgramLooksWhereItAlwaysDoes()
    {
        string calls = Path.Combine(machine.Home.Path, "calls");
        machine.Home.WriteProgram("skopeo", $"echo \"$*\" >'{calls}'\n");
        machine.Set("PATH", machine.Home.Path);

        Assert.Null(await PushAsync("registry.example"));

        Assert.Equal(
            $"--insecure-policy copy --quiet --all --preserve-digests oci-archive:{archive.ArchivePath}:1.0 docker://registry.example/team/app:1.0", File.ReadAllText(calls).Trim());
    }

    private Task<string?> PushAsync(string registry) =>
        ArchivePush.PushAsync(archive.ArchivePath, registry, "team/app", ["1.0"], machine.Environment, CancellationToken.None);
}
