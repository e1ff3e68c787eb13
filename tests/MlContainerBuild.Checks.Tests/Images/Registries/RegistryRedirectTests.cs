using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

public sealed class RegistryRedirectTests : IDisposable
{
    private readonly TestMachine machine = new TestMachine()
        .Set("DOTNET_CONTAINER_PULL_REGISTRY_UNAME", "ci").Set("DOTNET_CONTAINER_PULL_REGISTRY_PWORD", "word");
    private readonly StubRegistry registry = new();
    private readonly StubRegistry storage = new();
    private readonly TestImage image = TestImage.Create();

    public void Dispose()
    {
        registry.Dispose();
        storage.Dispose();
        machine.Dispose();
    }

    [Fact]
    public async Task RedirectToStorage_IsFollowedWithoutTheCredentials()
    {
        registry.Answer(BlobPath, call => call.Authorization is null ? Challenge() : Redirect(307, $"http://127.0.0.1:{storage.Port}/bucket/x?signature=1"));
        storage.Answer("/bucket/x", new HttpReply(200, image.Config.Bytes));

        RegistryContent content = RegistryAssert.Value(await ReadAsync());

        Assert.Equal(image.Config.Digest, content.Digest);
        Assert.Null(Assert.Single(storage.Calls).Authorization);
    }

    [Fact]
    public async Task RedirectToAnotherPortOfTheSameHost_LosesTheCredentials()
    {
        registry.Answer(BlobPath, call => call.Authorization is null ? Challenge() : Redirect(302, $"http://localhost:{storage.Port}/x"));
        storage.Answer("/x", new HttpReply(200, image.Config.Bytes));

        RegistryAssert.Value(await ReadAsync());

        Assert.Null(Assert.Single(storage.Calls).Authorization);
    }

    [Fact]
    public async Task RedirectWithinTheRegistry_KeepsTheCredentials()
    {
        registry.Answer(BlobPath, call => call.Authorization is null ? Challenge() : Redirect(308, "/elsewhere"));
        registry.Answer("/elsewhere", new HttpReply(200, image.Config.Bytes));

        RegistryAssert.Value(await ReadAsync());

        Assert.Equal("Basic " + TestMachine.Basic("ci", "word"), registry.Calls.Last().Authorization);
    }

    [Fact]
    public async Task ChallengeOfTheStorage_IsNotAnswered()
    {
        registry.Answer(BlobPath, Redirect(307, $"http://127.0.0.1:{storage.Port}/x"));
        storage.Answer("/x", Challenge());

        RegistryAssert.Failure(RegistryFailureKind.LoginRejected, await ReadAsync());

        Assert.Null(Assert.Single(storage.Calls).Authorization);
    }

    [Fact]
    public async Task StorageThatLies_IsADigestMismatch()
    {
        registry.Answer(BlobPath, Redirect(307, $"http://127.0.0.1:{storage.Port}/x"));
        storage.Answer("/x", HttpReply.Text(200, "{}"));

        RegistryAssert.Failure(RegistryFailureKind.DigestMismatch, await ReadAsync());
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://localhost/x")]
    [InlineData(null)]
    public async Task RedirectThatIsNoHttp_IsRefused(string? location)
    {
        registry.Answer(BlobPath, location is null ? HttpReply.Text(307, "") : Redirect(307, location));

        RegistryAssert.Failure(RegistryFailureKind.UnsafeRedirect, await ReadAsync());
    }

    [Fact]
    public async Task RedirectFromHttpsToHttp_IsRefused()
    {
        using var tls = new StubRegistry(SelfSigned.Certificate);
        tls.Answer(BlobPath, Redirect(307, $"http://127.0.0.1:{storage.Port}/x"));
        using RegistryClient client = machine.Client(tls.Name);

        RegistryAssert.Failure(RegistryFailureKind.UnsafeRedirect, await client.GetConfigAsync("base", image.Config.Digest, CancellationToken.None));

        Assert.Empty(storage.Calls);
    }

    [Fact]
    public async Task EndlessRedirects_End()
    {
        registry.Answer(BlobPath, Redirect(302, BlobPath));

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.UnsafeRedirect, await ReadAsync());

        Assert.Equal("it redirects more than 5 times", failure.Detail);
    }

    private string BlobPath => $"/v2/base/blobs/{image.Config.Digest}";

    private static HttpReply Challenge() => HttpReply.Text(401, "") with { Headers = [("WWW-Authenticate", "Basic realm=\"r\"")] };

    private static HttpReply Redirect(int status, string to) => HttpReply.Text(status, "") with { Headers = [("Location", to)] };

    private async Task<RegistryResult<RegistryContent>> ReadAsync()
    {
        using RegistryClient client = machine.Client(registry.Name);
        return await client.GetConfigAsync("base", image.Config.Digest, CancellationToken.None);
    }
}
