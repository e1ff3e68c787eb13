using System.Security.Cryptography.X509Certificates;

using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

public sealed class RealRegistryTests : IDisposable
{
    private readonly TestMachine machine = new();

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ManifestIndexAndConfig_AreReadByTagAndDigest(bool docker)
    {
        using DockerRegistry registry = await DockerRegistry.StartAsync();
        TestImage image = TestImage.Create(docker: docker);
        Blob index = TestImage.Index(docker, (image, "amd64", null));
        await registry.PushAsync("base/aspnet", "single", image);
        await registry.PushIndexAsync("base/aspnet", "multi", index);
        using RegistryClient client = machine.Client(registry.Name);

        foreach ((string reference, Blob expected) in new[]
            { ("single", image.Manifest), (image.Manifest.Digest, image.Manifest), ("multi", index), (index.Digest, index) })
        {
            RegistryContent content = RegistryAssert.Value(await client.GetManifestAsync("base/aspnet", reference, CancellationToken.None));
            Assert.Equal((expected.Digest, expected.MediaType), (content.Digest, content.MediaType));
        }

        RegistryContent config = RegistryAssert.Value(await client.GetConfigAsync("base/aspnet", image.Config.Digest, CancellationToken.None));
        Assert.Equal(image.Config.Bytes, config.Bytes.ToArray());
    }

    [Fact]
    public async Task WhatIsNotThere_IsNotFoundWithTheRegistrysCode()
    {
        using DockerRegistry registry = await DockerRegistry.StartAsync();
        using RegistryClient client = machine.Client(registry.Name);

        RegistryFailure failure = RegistryAssert.Failure(
            RegistryFailureKind.NotFound, await client.GetManifestAsync("base/aspnet", "10.0", CancellationToken.None));

        Assert.Equal("it does not have it [MANIFEST_UNKNOWN]", failure.Detail);
    }

    [Fact]
    public async Task PasswordFile_LetsOnlyTheUserIn()
    {
        string password = Guid.NewGuid().ToString();
        using DockerRegistry registry = await DockerRegistry.StartWithLoginAsync(machine.Home, "ci", password);
        TestImage image = TestImage.Create();
        await registry.PushAsync("base", "1", image, basic: TestMachine.Basic("ci", password));

        using RegistryClient stranger = machine.Client(registry.Name);
        RegistryAssert.Failure(RegistryFailureKind.LoginRequired, await stranger.GetManifestAsync("base", "1", CancellationToken.None));

        machine.DockerConfig(TestMachine.Auths((registry.Name, "ci", password + "x")));
        using RegistryClient wrong = machine.Client(registry.Name);
        RegistryAssert.Failure(RegistryFailureKind.LoginRejected, await wrong.GetManifestAsync("base", "1", CancellationToken.None));

        machine.DockerConfig(TestMachine.Auths((registry.Name, "ci", password)));
        using RegistryClient known = machine.Client(registry.Name);
        Assert.Equal(image.Manifest.Digest, RegistryAssert.Value(await known.GetManifestAsync("base", "1", CancellationToken.None)).Digest);
    }

    [Fact]
    public async Task Tls_IsSpokenWhereTheCertificateIsAccepted()
    {
        string certificate = machine.Home.Write("cert.pem", SelfSigned.Certificate.ExportCertificatePem());
        string key = machine.Home.Write("key.pem", SelfSigned.Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using DockerRegistry registry = await DockerRegistry.StartAsync(http: $"  tls: {{certificate: {certificate}, key: {key}}}");
        TestImage image = TestImage.Create();
        await registry.PushAsync("base", "1", image, new Uri($"https://127.0.0.1:{registry.Port}"));

        using RegistryClient localhost = machine.Client(registry.Name);
        RegistryAssert.Value(await localhost.GetManifestAsync("base", "1", CancellationToken.None));

        using RegistryClient address = machine.Client($"127.0.0.1:{registry.Port}");
        RegistryAssert.Failure(RegistryFailureKind.UntrustedCertificate, await address.GetManifestAsync("base", "1", CancellationToken.None));
    }
}
