using System.Net;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

/// <summary>The token server is a second server, as in the world.</summary>
public sealed class RegistryAuthenticationTests : IDisposable
{
    private const string Path = "/v2/team/base/manifests/1";

    private readonly TestMachine machine = new();
    private readonly StubRegistry registry = new();
    private readonly StubRegistry tokens = new();
    private readonly TestImage image = TestImage.Create();

    public void Dispose()
    {
        registry.Dispose();
        tokens.Dispose();
        machine.Dispose();
    }

    [Fact]
    public async Task NoChallenge_SendsNoCredentials()
    {
        Login();
        registry.Answer(Path, Manifest());

        RegistryAssert.Value(await ReadAsync());

        Assert.Null(Assert.Single(registry.Calls).Authorization);
    }

    [Fact]
    public async Task BasicChallenge_GetsUserAndPassword()
    {
        Login();
        Guard("Basic realm=\"r\"", "Basic " + TestMachine.Basic("ci", "wörd:1"));

        RegistryAssert.Value(await ReadAsync());
    }

    [Fact]
    public async Task BasicChallengeWithoutCredentials_NeedsALogin()
    {
        Guard("Basic realm=\"r\"", "Basic x");

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.LoginRequired, await ReadAsync());

        Assert.Equal("team/base:1", failure.Reference);
        Assert.Contains($"docker login {registry.Name}", failure.ToFinding(ValueSource.Sdk.Instance).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BasicCredentialsThatAreRejected_AreTriedOnce()
    {
        Login();
        Guard("Basic realm=\"r\"", "Basic other");

        RegistryAssert.Failure(RegistryFailureKind.LoginRejected, await ReadAsync());

        Assert.Equal(2, registry.Calls.Count());
    }

    [Fact]
    public async Task BearerChallengeWithoutCredentials_FetchesAnAnonymousToken()
    {
        tokens.Answer("/token", HttpReply.Text(200, """{"token":"t1"}"""));
        Guard(Bearer(), "Bearer t1");

        RegistryAssert.Value(await ReadAsync());

        HttpCall call = Assert.Single(tokens.Calls);
        Assert.Equal("/token?service=reg%20istry&scope=repository%3Ateam%2Fbase%3Apull", call.Path);
        Assert.Null(call.Authorization);
    }

    [Fact]
    public async Task BearerChallenge_SendsThePasswordToTheTokenServiceOnly()
    {
        Login();
        tokens.Answer("/token", HttpReply.Text(200, """{"access_token":"t1","expires_in":300}"""));
        Guard(Bearer(), "Bearer t1");

        RegistryAssert.Value(await ReadAsync());

        Assert.Equal("Basic " + TestMachine.Basic("ci", "wörd:1"), Assert.Single(tokens.Calls).Authorization);
        Assert.Equal([null, "Bearer t1"], registry.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task RealmWithAQuery_KeepsIt()
    {
        tokens.Answer("/token", HttpReply.Text(200, """{"token":"t1"}"""));
        Guard($"Bearer realm=\"http://localhost:{tokens.Port}/token?tenant=a\"", "Bearer t1");

        RegistryAssert.Value(await ReadAsync());

        Assert.Equal("/token?tenant=a&scope=repository%3Ateam%2Fbase%3Apull", Assert.Single(tokens.Calls).Path);
    }

    [Fact]
    public async Task TokenServiceThatKnowsOnlyPost_GetsOAuth()
    {
        Login();
        tokens.Answer("/token", call => call.Method == "POST" ? HttpReply.Text(200, """{"access_token":"t2"}""") : HttpReply.Text(405, ""));
        Guard(Bearer(), "Bearer t2");

        RegistryAssert.Value(await ReadAsync());

        Assert.Equal(
            "client_id=mlcontainerbuild&scope=repository%3Ateam%2Fbase%3Apull&service=reg+istry&grant_type=password&username=ci&password=w%C3%B6rd%3A1",
            tokens.Calls.Last().Body);
    }

    [Fact]
    public async Task IdentityToken_IsExchangedByPostAtOnce()
    {
        machine.DockerConfig($$$$"""{"auths":{"{{{{registry.Name}}}}":{"auth":"{{{{TestMachine.Basic("anyone", "")}}}}","identitytoken":"refresh"}}}""");
        tokens.Answer("/token", HttpReply.Text(200, """{"access_token":"t3"}"""));
        Guard(Bearer(), "Bearer t3");

        RegistryAssert.Value(await ReadAsync());

        HttpCall call = Assert.Single(tokens.Calls);
        Assert.Equal("POST", call.Method);
        Assert.EndsWith("grant_type=refresh_token&refresh_token=refresh", call.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_IsUsedAgainUntilItExpires()
    {
        var clock = new SettableClock();
        int issued = 0;
        tokens.Answer("/token", _ => HttpReply.Text(200, $$"""{"token":"t{{++issued}}","expires_in":60}"""));
        registry.Answer(Path, call => call.Authorization is "Bearer t1" or "Bearer t2" ? Manifest() : Challenge(Bearer()));
        using RegistryClient client = machine.Client(registry.Name, clock: clock);

        RegistryAssert.Value(await client.GetManifestAsync("team/base", "1", CancellationToken.None));
        clock.Now += TimeSpan.FromSeconds(40);
        RegistryAssert.Value(await client.GetManifestAsync("team/base", "1", CancellationToken.None));
        clock.Now += TimeSpan.FromSeconds(15);
        RegistryAssert.Value(await client.GetManifestAsync("team/base", "1", CancellationToken.None));

        Assert.Equal([null, "Bearer t1", "Bearer t1", null, "Bearer t2"], registry.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task ConnectionThatWasOpenedBefore_NeedsNoLoginToRead()
    {
        tokens.Answer("/token", HttpReply.Text(200, """{"token":"t"}"""));
        registry.Answer("/v2/", call => call.Authorization == "Bearer t" ? HttpReply.Text(200, "{}") : Challenge(Bearer()));
        registry.Answer(Path, call => call.Authorization == "Bearer t" ? Manifest() : Challenge(Bearer()));
        using RegistryClient client = machine.Client(registry.Name);

        await client.ConnectAsync("team/base", CancellationToken.None);
        RegistryAssert.Value(await client.GetManifestAsync("team/base", "1", CancellationToken.None));

        Assert.Equal(["/v2/", "/v2/", Path], registry.Calls.Select(call => call.Path));
        Assert.Single(tokens.Calls);
    }

    [Fact]
    public async Task ConnectionThatCannotBeOpened_FailsWhereSomethingIsRead()
    {
        registry.Answer("/v2/", Challenge("Basic realm=\"r\""));
        registry.Answer(Path, Challenge("Basic realm=\"r\""));
        using RegistryClient client = machine.Client(registry.Name);

        await client.ConnectAsync("team/base", CancellationToken.None);

        RegistryAssert.Failure(RegistryFailureKind.LoginRequired, await client.GetManifestAsync("team/base", "1", CancellationToken.None));
    }

    [Fact]
    public async Task ConnectionThatNobodyWaitsForAnyMore_IsGivenUp()
    {
        using RegistryClient client = machine.Client(registry.Name);

        await client.ConnectAsync("team/base", new CancellationToken(canceled: true));

        Assert.Empty(registry.Calls);
    }

    [Fact]
    public async Task TokenThatTheRegistryRevokes_IsFetchedAnew()
    {
        int issued = 0;
        tokens.Answer("/token", _ => HttpReply.Text(200, $$"""{"token":"t{{++issued}}","expires_in":3600}"""));
        registry.Answer(Path, call => call.Authorization == $"Bearer t{issued}" && registry.Calls.Count() != 3 ? Manifest() : Challenge(Bearer()));
        using RegistryClient client = machine.Client(registry.Name);
        RegistryAssert.Value(await client.GetManifestAsync("team/base", "1", CancellationToken.None));

        RegistryAssert.Value(await client.GetManifestAsync("team/base", "1", CancellationToken.None));

        Assert.Equal([null, "Bearer t1", "Bearer t1", "Bearer t2"], registry.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task TokenOfOneRepository_IsNotShownForAnother()
    {
        tokens.Answer("/token", HttpReply.Text(200, """{"token":"t1"}"""));
        Guard(Bearer(), "Bearer t1");
        registry.Answer("/v2/other/manifests/1", Manifest());
        using RegistryClient client = machine.Client(registry.Name);
        RegistryAssert.Value(await client.GetManifestAsync("team/base", "1", CancellationToken.None));

        RegistryAssert.Value(await client.GetManifestAsync("other", "1", CancellationToken.None));

        Assert.Null(registry.Calls.Last().Authorization);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task TokenServiceThatRejectsTheLogin_IsNamedWithTheOriginAndNotTheSecret(int status)
    {
        Login();
        tokens.Answer("/token", HttpReply.Text(status, "bad password w\u00f6rd:1"));
        Guard(Bearer(), "Bearer none");

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.LoginRejected, await ReadAsync());

        Assert.Equal(
            "its token service localhost rejected the credentials from DOTNET_CONTAINER_PULL_REGISTRY_UNAME and DOTNET_CONTAINER_PULL_REGISTRY_PWORD",
            failure.Detail);
        Assert.DoesNotContain("wörd", failure.ToFinding(ValueSource.Sdk.Instance).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenServiceThatRejectsStrangers_NeedsALogin()
    {
        tokens.Answer("/token", HttpReply.Text(401, ""));
        Guard(Bearer(), "Bearer none");

        RegistryAssert.Failure(RegistryFailureKind.LoginRequired, await ReadAsync());
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, "[1]")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"token":""}""")]
    [InlineData(200, "{\"token\":\"a\\r\\nX: y\"}")]
    [InlineData(500, "")]
    [InlineData(302, "")]
    public async Task TokenServiceThatFails_IsReported(int status, string body)
    {
        tokens.Answer("/token", HttpReply.Text(status, body));
        Guard(Bearer(), "Bearer none");

        RegistryAssert.Failure(RegistryFailureKind.TokenService, await ReadAsync());
    }

    [Fact]
    public async Task TokenServiceAtItsLimit_IsReported()
    {
        Login();
        tokens.Answer("/token", HttpReply.Text(429, ""));
        Guard(Bearer(), "Bearer none");

        RegistryAssert.Failure(RegistryFailureKind.RateLimited, await ReadAsync());

        Assert.Single(tokens.Calls);
    }

    [Theory]
    [InlineData("Bearer service=\"x\"")]
    [InlineData("Bearer realm=\"/token\"")]
    [InlineData("Bearer realm=\"ftp://auth.example/token\"")]
    [InlineData("Bearer realm=\"https://user:word@auth.example/token\"")]
    public async Task RealmThatIsNoHttpAddress_IsNotAsked(string challenge)
    {
        Login();
        Guard(challenge, "Bearer none");

        RegistryAssert.Failure(RegistryFailureKind.TokenService, await ReadAsync());
    }

    [Theory]
    [InlineData("http://auth.example/token")]
    [InlineData("https://127.0.0.1/token")]
    [InlineData("https://localhost/token")]
    [InlineData("https://x.localhost./token")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://[::1]/token")]
    [InlineData("https://0.0.0.0/token")]
    public async Task RegistryElsewhere_CannotSendCredentialsInTheClearOrToThisMachine(string realm)
    {
        Login();
        using var http = new HttpClient(new NoNetwork());
        var endpoint = new RegistryEndpoint("registry.example", new Uri("https://registry.example"), machine.Environment);
        var store = new CredentialStore("registry.example", RegistryAccess.Base, machine.Environment, TestMachine.Quick);
        var authenticator = new RegistryAuthenticator("registry.example", http, endpoint, store, TimeProvider.System);

        RegistryAssert.Failure(
            RegistryFailureKind.TokenService, await authenticator.AnswerAsync([$"Bearer realm=\"{realm}\""], "a", CancellationToken.None));
    }

    [Fact]
    public async Task UnknownScheme_IsReported()
    {
        Login();
        Guard("Negotiate", "x");

        RegistryAssert.Failure(RegistryFailureKind.LoginRejected, await ReadAsync());
    }

    [Fact]
    public async Task ChallengeWithoutHeader_IsReported()
    {
        Login();
        registry.Answer(Path, HttpReply.Text(401, ""));

        RegistryAssert.Failure(RegistryFailureKind.LoginRejected, await ReadAsync());
    }

    [Fact]
    public async Task BasicAndBearer_TakesBearer()
    {
        Login();
        tokens.Answer("/token", HttpReply.Text(200, """{"token":"t1"}"""));
        Guard("Basic realm=\"r\", " + Bearer(), "Bearer t1");

        RegistryAssert.Value(await ReadAsync());
    }

    private void Login() => machine
        .Set("DOTNET_CONTAINER_PULL_REGISTRY_UNAME", "ci")
        .Set("DOTNET_CONTAINER_PULL_REGISTRY_PWORD", "wörd:1");

    private string Bearer() => $"Bearer realm=\"http://localhost:{tokens.Port}/token\",service=\"reg istry\",scope=\"repository:team/base:pull\"";

    private void Guard(string challenge, string authorization) =>
        registry.Answer(Path, call => call.Authorization == authorization ? Manifest() : Challenge(challenge));

    private static HttpReply Challenge(string value) => HttpReply.Text((int)HttpStatusCode.Unauthorized, "{}") with { Headers = [("WWW-Authenticate", value)] };

    private HttpReply Manifest() => new(200, image.Manifest.Bytes, TestImage.OciManifest);

    private async Task<RegistryResult<RegistryContent>> ReadAsync()
    {
        using RegistryClient client = machine.Client(registry.Name);
        return await client.GetManifestAsync("team/base", "1", CancellationToken.None);
    }

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{request.RequestUri} must not be asked");
    }
}
