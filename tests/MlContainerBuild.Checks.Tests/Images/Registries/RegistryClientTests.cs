using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

public sealed class RegistryClientTests : IDisposable
{
    private const string Repository = "base/aspnet";

    private readonly TestMachine machine = new();
    private readonly StubRegistry registry = new();
    private readonly TestImage image = TestImage.Create();

    public RegistryClientTests() => registry.Add(Repository, "10.0", image);

    public void Dispose()
    {
        registry.Dispose();
        machine.Dispose();
    }

    [Fact]
    public async Task ManifestByTag_IsHashedHere()
    {
        RegistryContent content = RegistryAssert.Value(await ManifestAsync("10.0"));

        Assert.Equal(image.Manifest.Digest, content.Digest);
        Assert.Equal(TestImage.OciManifest, content.MediaType);
        Assert.Equal(image.Manifest.Bytes, content.Bytes.ToArray());
    }

    [Fact]
    public async Task ManifestByDigest_AsksForThatDigestAndAcceptsAllFourTypes()
    {
        RegistryAssert.Value(await ManifestAsync(image.Manifest.Digest));

        HttpCall call = Assert.Single(registry.Calls);
        Assert.Equal($"/v2/{Repository}/manifests/{image.Manifest.Digest}", call.Path);
        Assert.Equal("GET", call.Method);
        Assert.All(
            new[] { TestImage.OciIndex, TestImage.DockerList, TestImage.OciManifest, TestImage.DockerManifest },
            type => Assert.Contains(type, call.Headers["accept"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Config_IsReadByDigest()
    {
        using RegistryClient client = machine.Client(registry.Name);

        RegistryContent content = RegistryAssert.Value(await client.GetConfigAsync(Repository, image.Config.Digest, CancellationToken.None));

        Assert.Equal(image.Config.Bytes, content.Bytes.ToArray());
    }

    [Fact]
    public async Task AnotherManifestUnderThePinnedDigest_IsADigestMismatch()
    {
        TestImage evil = TestImage.Create(new() { ["User"] = "0" });
        registry.Answer(
            $"/v2/{Repository}/manifests/{image.Manifest.Digest}",
            new HttpReply(200, evil.Manifest.Bytes, TestImage.OciManifest) { Headers = [("Docker-Content-Digest", image.Manifest.Digest)] });

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.DigestMismatch, await ManifestAsync(image.Manifest.Digest));

        Assert.Equal($"the content hashes to {evil.Manifest.Digest}, not to its digest", failure.Detail);
    }

    [Fact]
    public async Task AnotherConfigUnderItsDigest_IsADigestMismatch()
    {
        registry.Answer($"/v2/{Repository}/blobs/{image.Config.Digest}", HttpReply.Text(200, """{"config":{"User":"0"}}"""));
        using RegistryClient client = machine.Client(registry.Name);

        RegistryAssert.Failure(RegistryFailureKind.DigestMismatch, await client.GetConfigAsync(Repository, image.Config.Digest, CancellationToken.None));
    }

    [Theory]
    [InlineData("10.0")]
    [InlineData("digest")]
    public async Task ContentDigestHeaderThatContradictsTheContent_IsADigestMismatch(string reference)
    {
        string claimed = "sha256:" + new string('a', 64);
        reference = reference == "digest" ? image.Manifest.Digest : reference;
        registry.Answer(
            $"/v2/{Repository}/manifests/{reference}",
            new HttpReply(200, image.Manifest.Bytes, TestImage.OciManifest) { Headers = [("Docker-Content-Digest", claimed)] });

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.DigestMismatch, await ManifestAsync(reference));

        Assert.Contains(claimed, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentDigestHeaderOfAnotherAlgorithm_IsNoContradiction()
    {
        registry.Answer(
            $"/v2/{Repository}/manifests/10.0",
            new HttpReply(200, image.Manifest.Bytes, TestImage.OciManifest) { Headers = [("Docker-Content-Digest", "sha512:" + new string('a', 128))] });

        RegistryAssert.Value(await ManifestAsync("10.0"));
    }

    [Fact]
    public async Task BodyWithoutLength_IsReadToItsEnd()
    {
        registry.Answer($"/v2/{Repository}/manifests/10.0", new HttpReply(200, image.Manifest.Bytes, TestImage.OciManifest) { Fault = Fault.WithoutLength });

        Assert.Equal(image.Manifest.Digest, RegistryAssert.Value(await ManifestAsync("10.0")).Digest);
    }

    [Fact]
    public async Task SameClient_ReadsAgainWithoutATlsAttempt()
    {
        using RegistryClient client = machine.Client(registry.Name);
        RegistryAssert.Value(await client.GetManifestAsync(Repository, "10.0", CancellationToken.None));
        RegistryAssert.Value(await client.GetManifestAsync(Repository, "10.0", CancellationToken.None));

        Assert.Equal(2, registry.Calls.Count());
    }

    [Fact]
    public async Task Cancellation_EndsAStalledRead()
    {
        registry.Answer($"/v2/{Repository}/manifests/10.0", new HttpReply(200, image.Manifest.Bytes) { Fault = Fault.Stalled });
        using RegistryClient client = machine.Client(registry.Name);
        using var cancellation = new CancellationTokenSource();
        Task<RegistryResult<RegistryContent>> read = client.GetManifestAsync(Repository, "10.0", cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private async Task<RegistryResult<RegistryContent>> ManifestAsync(string reference)
    {
        using RegistryClient client = machine.Client(registry.Name);
        return await client.GetManifestAsync(Repository, reference, CancellationToken.None);
    }
}
