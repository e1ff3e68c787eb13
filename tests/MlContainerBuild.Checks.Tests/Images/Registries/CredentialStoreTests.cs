using System.Runtime.Versioning;

using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

public sealed class CredentialStoreTests : IDisposable
{
    private const string Registry = "registry.example:5000";

    private readonly TestMachine machine = new();

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData(RegistryAccess.Base, "PULL")]
    [InlineData(RegistryAccess.BaseAndDestination, "PULL")]
    [InlineData(RegistryAccess.Destination, "PUSH")]
    public async Task Variables_FollowTheSdk(RegistryAccess access, string own)
    {
        Set("SDK_CONTAINER_REGISTRY", "legacy");
        Assert.Equal(access == RegistryAccess.Base ? null : "legacy:word", await FindAsync(access: access));

        Set("DOTNET_CONTAINER_REGISTRY", "general");
        Assert.Equal(access == RegistryAccess.Base ? null : "general:word", await FindAsync(access: access));

        Set($"DOTNET_CONTAINER_{own}_REGISTRY", "own");
        Assert.Equal("own:word", await FindAsync(access: access));
    }

    [Fact]
    public async Task VariableWithoutItsPartner_DoesNotCount()
    {
        machine.Set("DOTNET_CONTAINER_PULL_REGISTRY_UNAME", "own").Set("DOTNET_CONTAINER_PULL_REGISTRY_PWORD", "");

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task NoFile_IsNoFailure() => Assert.Null(await FindAsync());

    [Theory]
    [InlineData("registry.example:5000")]
    [InlineData("REGISTRY.example:5000")]
    [InlineData("https://registry.example:5000")]
    [InlineData("https://registry.example:5000/v2/")]
    [InlineData("http://registry.example:5000/v1/")]
    public async Task AuthsKey_IsMatchedByHost(string key)
    {
        machine.DockerConfig(Auths((key, "user")));

        Assert.Equal("user:word", await FindAsync());
    }

    [Theory]
    [InlineData("registry.example")]
    [InlineData("registry.example:5001")]
    [InlineData("evil.registry.example:5000")]
    [InlineData("registry.example:5000.evil")]
    [InlineData("")]
    public async Task AuthsKeyOfAnotherHost_IsNotUsed(string key)
    {
        machine.DockerConfig(Auths((key, "user")));

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task PodmanKeyOfARepository_BeatsTheHostAndOtherRepositories()
    {
        machine.DockerConfig(Auths((Registry + "/team-b", "b"), (Registry, "host"), (Registry + "/team", "team"), (Registry + "/team/base", "base")));

        Assert.Equal("base:word", await FindAsync("team/base"));
        Assert.Equal("team:word", await FindAsync("team/x"));
        Assert.Equal("b:word", await FindAsync("team-b/x"));
        Assert.Equal("host:word", await FindAsync("teamwork"));
    }

    [Fact]
    public async Task OnlyAnotherRepositoryHasCredentials_TheyAreTriedAsTheSdkDoes()
    {
        machine.DockerConfig(Auths((Registry + "/other", "other")));

        Assert.Equal("other:word", await FindAsync("team/base"));
    }

    [Theory]
    [InlineData("https://index.docker.io/v1/")]
    [InlineData("index.docker.io")]
    [InlineData("docker.io")]
    [InlineData("docker.io/library")]
    public async Task DockerHub_HasSeveralKeys(string key)
    {
        machine.DockerConfig(Auths((key, "hub")));

        Assert.Equal("hub:word", await FindAsync("library/alpine", registry: "docker.io"));
    }

    [Fact]
    public async Task Files_AreReadInTheSdksOrder()
    {
        machine.DockerConfig(Auths((Registry, "docker")));
        Assert.Equal("docker:word", await FindAsync());

        machine.Home.Write(".config/containers/auth.json", Auths((Registry, "podman")));
        Assert.Equal("podman:word", await FindAsync());

        machine.Home.Write("run/containers/auth.json", Auths((Registry, "runtime")));
        machine.Set("XDG_RUNTIME_DIR", Path.Combine(machine.Home.Path, "run"));
        Assert.Equal("runtime:word", await FindAsync());

        machine.Set("REGISTRY_AUTH_FILE", machine.Home.Write("only.json", Auths((Registry, "only"))));
        Assert.Equal("only:word", await FindAsync());
    }

    [Fact]
    public async Task FoldersSetByVariables_AreUsed()
    {
        machine.Home.Write("d/config.json", Auths((Registry, "docker")));
        machine.Set("DOCKER_CONFIG", Path.Combine(machine.Home.Path, "d"));
        Assert.Equal("docker:word", await FindAsync());

        machine.Home.Write("x/containers/auth.json", Auths((Registry, "podman")));
        machine.Set("XDG_CONFIG_DIR", Path.Combine(machine.Home.Path, "x"));
        Assert.Equal("podman:word", await FindAsync());
    }

    [Fact]
    public async Task FileWithoutTheRegistry_LetsTheNextOneSpeak()
    {
        machine.Home.Write(".config/containers/auth.json", Auths(("other.example", "other")));
        machine.DockerConfig(Auths((Registry, "docker")));

        Assert.Equal("docker:word", await FindAsync());
    }

    [Theory]
    [InlineData("""{"auths":{"registry.example:5000":{}}}""")]
    [InlineData("""{"auths":{"registry.example:5000":{"auth":"%%%"}}}""")]
    [InlineData("""{"auths":{"registry.example:5000":{"auth":7}}}""")]
    [InlineData("""{"auths":{"registry.example:5000":"x"}}""")]
    [InlineData("""{"auths":[]}""")]
    [InlineData("""{"auths":{"registry.example:5000":{"auth":"dXNlcg=="}}}""")]
    [InlineData("""{"credHelpers":[],"credsStore":7}""")]
    [InlineData("{}")]
    public async Task EntryWithoutCredentials_IsNone(string json)
    {
        machine.DockerConfig(json);

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task UserAndPasswordAsFields_AreRead()
    {
        machine.DockerConfig($$$$"""{"auths":{"{{{{Registry}}}}":{"username":"user","password":"word"}}}""");

        Assert.Equal("user:word", await FindAsync());
    }

    [Theory]
    [InlineData("{\"auths\":\n", "is not valid JSON (line 2)")]
    [InlineData("[]", "is not a JSON object")]
    public async Task UnreadableFile_IsAFailureThatNamesIt(string json, string problem)
    {
        machine.DockerConfig(json);

        Assert.Equal($"{machine.Home.Path}/.docker/config.json {problem}", (await ProblemAsync()).Detail);
    }

    [Fact]
    public async Task HugeFile_IsNotRead()
    {
        machine.DockerConfig(new string(' ', 2_000_000));

        Assert.EndsWith("is larger than 1024 KiB", (await ProblemAsync()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task HelperOfTheRegistry_IsAskedForIt()
    {
        Helper("mine", """read server; [ "$server" = registry.example:5000 ] && echo '{"ServerURL":"x","Username":"user","Secret":"word"}'""");
        machine.DockerConfig($$"""{"credHelpers":{"{{Registry}}":"mine"},"credsStore":"absent"}""");

        Assert.Equal("user:word", await FindAsync());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task HelperForEverything_IsAskedForDockerHubByItsOldAddress()
    {
        Helper("desktop", """read server; [ "$server" = https://index.docker.io/v1/ ] && echo '{"Username":"hub","Secret":"word"}'""");
        machine.DockerConfig("""{"credsStore":"desktop"}""");

        Assert.Equal("hub:word", await FindAsync("library/alpine", registry: "docker.io"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task HelperWithAToken_GivesAnIdentityToken()
    {
        Helper("mine", """echo '{"Username":"<token>","Secret":"refresh"}'""");
        machine.DockerConfig("""{"credsStore":"mine"}""");

        (Credentials? credentials, _) = await Store(RegistryAccess.Base, Registry).FindAsync("a", CancellationToken.None);

        Assert.Equal(new Credentials("", "", "refresh", "docker-credential-mine"), credentials);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task HelperWithoutTheRegistry_LetsTheEntriesSpeak()
    {
        Helper("mine", "echo 'credentials not found in native keychain'; exit 1");
        machine.DockerConfig($$"""{"credsStore":"mine",{{Auths((Registry, "entry"))[1..]}}""");

        Assert.Equal("entry:word", await FindAsync());
    }

    [Theory]
    [InlineData("echo 'word leaked' >&2; exit 3", "credential helper docker-credential-mine failed with exit code 3")]
    [InlineData("echo word", "credential helper docker-credential-mine did not answer with a user name and a secret")]
    [InlineData("echo '{\"Username\":\"user\"}'", "credential helper docker-credential-mine did not answer with a user name and a secret")]
    [InlineData("exec cat /dev/zero", "credential helper docker-credential-mine wrote more than 1024 KiB")]
    [UnsupportedOSPlatform("windows")]
    public async Task HelperThatFails_IsNamedWithoutItsOutput(string script, string problem)
    {
        Helper("mine", script);
        machine.DockerConfig("""{"credsStore":"mine"}""");

        Assert.Equal($"{problem} (named in {machine.Home.Path}/.docker/config.json)", (await ProblemAsync()).Detail);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task HelperThatHangs_IsEnded()
    {
        Helper("mine", "cat; exec sleep 600");
        machine.DockerConfig("""{"credsStore":"mine"}""");

        Assert.Equal(
            $"credential helper docker-credential-mine did not answer within 1 s (named in {machine.Home.Path}/.docker/config.json)",
            (await ProblemAsync(TimeSpan.FromSeconds(1))).Detail);
    }

    [Theory]
    [InlineData("absent", "credential helper docker-credential-absent is not on the PATH")]
    [InlineData("../../bin/sh", "the credential helper's name is no program name")]
    [InlineData("a b", "the credential helper's name is no program name")]
    public async Task HelperThatIsNotThere_IsAFailure(string name, string problem)
    {
        machine.DockerConfig($$"""{"credsStore":"{{name}}"}""");

        Assert.Equal($"{problem} (named in {machine.Home.Path}/.docker/config.json)", (await ProblemAsync()).Detail);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Cancellation_EndsTheHelper()
    {
        string started = Path.Combine(machine.Home.Path, "started");
        Helper("mine", $"echo $$ > {started}.part; mv {started}.part {started}; exec sleep 600");
        machine.DockerConfig("""{"credsStore":"mine"}""");
        using var cancellation = new CancellationTokenSource();
        Task find = Store(RegistryAccess.Base, Registry).FindAsync("a", cancellation.Token);
        while (!File.Exists(started))
        {
            Assert.False(find.IsCompleted);
            await Task.Yield();
        }

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => find.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Credentials_DoNotPrintThemselves() =>
        Assert.Equal("credentials from here", new Credentials("user", "word", "token", "here").ToString());

    private void Set(string prefix, string user) => machine.Set(prefix + "_UNAME", user).Set(prefix + "_PWORD", "word");

    [UnsupportedOSPlatform("windows")]
    private void Helper(string name, string script)
    {
        machine.Home.WriteProgram($"bin/docker-credential-{name}", "PATH=/usr/bin:/bin\n" + script);
        machine.Set("PATH", Path.Combine(machine.Home.Path, "bin"));
    }

    private static string Auths(params (string Key, string User)[] entries) =>
        TestMachine.Auths([.. entries.Select(entry => (entry.Key, entry.User, "word"))]);

    private CredentialStore Store(RegistryAccess access, string registry, TimeSpan? helperTimeout = null) =>
        new(registry, access, machine.Environment, TestMachine.Quick with { CredentialHelperTimeout = helperTimeout ?? TimeSpan.FromMinutes(1) });

    private async Task<string?> FindAsync(string repository = "team/base", RegistryAccess access = RegistryAccess.Base, string registry = Registry)
    {
        (Credentials? credentials, RegistryFailure? failure) = await Store(access, registry).FindAsync(repository, CancellationToken.None);
        Assert.Null(failure);
        return credentials is null ? null : $"{credentials.UserName}:{credentials.Password}";
    }

    private async Task<RegistryFailure> ProblemAsync(TimeSpan? helperTimeout = null)
    {
        (Credentials? credentials, RegistryFailure? failure) = await Store(RegistryAccess.Base, Registry, helperTimeout).FindAsync("team/base", CancellationToken.None);
        Assert.Null(credentials);
        Assert.Equal(RegistryFailureKind.Credentials, failure!.Kind);
        return failure;
    }
}
