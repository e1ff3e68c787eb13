using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Images;

namespace MlContainerBuild.Checks.Tests.Payload;

public sealed class CredentialFileRuleTests : IDisposable
{
    // Making one takes longer than all the rest.
    private static readonly RSA Key = RSA.Create(2048);

    private readonly PublishFolder folder = new();

    [Fact]
    public void PrivateKey_TriggersWithTheEditThatKeepsItOut()
    {

        Finding finding = Assert.Single(folder.FromProject("certs/site.key", Key.ExportPkcs8PrivateKeyPem()).Check());

        Assert.Equal("MLC3023", finding.Rule.Id);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal(new SourceSpan(Path.Combine(folder.ProjectPath, "certs", "site.key"), 1, 1), finding.Span);
        Assert.Equal("The publish folder holds 'certs/site.key', a private key: everyone who can pull the image can copy and use it.", finding.Message);
        Assert.Contains("""<None Update="certs/site.key" CopyToPublishDirectory="Never" />""", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyBehindAPassphrase_IsAWarning()
    {
        string pem = Key.ExportEncryptedPkcs8PrivateKeyPem("passphrase", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.Equal(
            ["id_rsa(1,1): Warning MLC3023: The publish folder holds 'id_rsa', a private key behind a passphrase: everyone who can pull the image can copy and use it."],
            folder.With("id_rsa", pem).Tell());
    }

    [Theory]
    [InlineData("site.pfx")]
    [InlineData("keystore.p12")]
    [InlineData("renamed.bin")]
    public void Pkcs12WithAKey_Triggers(string name)
    {
        using X509Certificate2 certificate = NewCertificate();

        Assert.Equal(
            [$"{name}: Error MLC3023: The publish folder holds '{name}', a key store with a private key: everyone who can pull the image can copy and use it."],
            folder.With(name, certificate.Export(X509ContentType.Pkcs12, "password")).Tell());
    }

    [Fact]
    public void DerKey_Triggers()
    {

        Assert.Equal("MLC3023", Assert.Single(folder.With("site.der", Key.ExportPkcs8PrivateKey()).Check()).Rule.Id);
    }

    [Fact]
    public void JavaKeyStoreWithAKey_Triggers()
        => Assert.Equal("MLC3023", Assert.Single(folder.With("store.jks", JavaKeyStore([2, 1])).Check()).Rule.Id);

    [Fact]
    public void CertificatesAndPublicKeys_DoNotTrigger()
    {
        using X509Certificate2 certificate = NewCertificate();
        using var alone = X509CertificateLoader.LoadCertificate(certificate.RawData);
        folder
            .With("site.pem", certificate.ExportCertificatePem())
            .With("ca-bundle.crt", certificate.ExportCertificatePem() + "\n" + certificate.ExportCertificatePem())
            .With("site.cer", certificate.RawData)
            .With("trust.p12", new X509Certificate2Collection(alone).Export(X509ContentType.Pkcs12, "password")!)
            .With("trust.jks", JavaKeyStore([2, 2]))
            .With("public.pem", Key.ExportSubjectPublicKeyInfoPem())
            .With("id_rsa.pub", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 alice@example\n");

        Assert.Empty(folder.Tell());
    }

    [Theory]
    [InlineData(".netrc", "machine models.example login iris password SECRET\n", "a .netrc file with a password")]
    [InlineData(".netrc", "machine api.wandb.ai login user password 0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d\n", "a .netrc file with a password")]
    [InlineData("home/.npmrc", "//npm.example/:_authToken=SECRET\n", "an .npmrc file with a registry token")]
    [InlineData("kaggle.json", """{"username":"iris","key":"0a1b2c3d4e5f60718293a4b5c6d7e8f9"}""", "Kaggle's API key")]
    [InlineData("NuGet.Config", "<configuration><packageSourceCredentials><Feed><add key=\"Username\" value=\"a\" /><add key=\"ClearTextPassword\" value=\"SECRET\" /></Feed></packageSourceCredentials></configuration>", "a nuget.config with a feed password")]
    [InlineData("x/.git/config", "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://ci:SECRET@git.example/iris.git\n", "a Git configuration with credentials")]
    [InlineData(".git/config", "[http \"https://git.example/\"]\n\textraheader = AUTHORIZATION: basic eDpZWjEyMzQ1Ng==\n", "a Git configuration with credentials")]
    [InlineData(".git-credentials", "https://ci:SECRET@git.example\n", "Git's stored credentials")]
    [InlineData("home/.aws/credentials", "[default]\naws_access_key_id = AKID\naws_secret_access_key = SECRET\n", "AWS credentials")]
    [InlineData(".cache/huggingface/token", "hf_SECRET", "Hugging Face's stored token")]
    [InlineData("adc.json", """{ "client_id": "x", "refresh_token": "1//0gSECRET", "type": "authorized_user" }""", "Google Cloud credentials")]
    [InlineData(".pgpass", "db.example:5432:models:iris:SECRET\n", "PostgreSQL's password file")]
    [InlineData("kube.yaml", "kind: Config\nusers:\n- name: a\n  user:\n    client-key-data: PEM64\n", "a kubeconfig with credentials")]
    [InlineData("key-8f7c.xml", "<key id=\"8f7c\" version=\"1\"><descriptor><descriptor><masterKey><value>SECRETSECRET==</value></masterKey></descriptor></descriptor></key>", "an unencrypted key of ASP.NET Core's data protection")]
    [InlineData("site.ppk", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 1\nAAAA\n", "a PuTTY private key")]
    public void FileOfATool_Triggers(string name, string text, string what)
    {
        string content = text
            .Replace("hf_SECRET", Made.HuggingFaceToken, StringComparison.Ordinal)
            .Replace("PEM64", Convert.ToBase64String(Encoding.ASCII.GetBytes(Key.ExportRSAPrivateKeyPem())), StringComparison.Ordinal)
            .Replace("SECRET", Made.ApiKey, StringComparison.Ordinal);

        Finding finding = Assert.Single(folder.With(name, content).Check(), IsNoLeftover);

        Assert.Equal(("MLC3023", Severity.Error), (finding.Rule.Id, finding.Severity));
        Assert.Contains($"'{name}', {what}", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Made.ApiKey, finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void DockerLogin_Triggers()
    {
        string auth = Convert.ToBase64String(Encoding.ASCII.GetBytes("iris:" + Made.ApiKey));

        Finding finding = Assert.Single(folder.With(".docker/config.json", """{"auths":{"registry.example":{"auth":"AUTH"}}}""".Replace("AUTH", auth, StringComparison.Ordinal)).Check());

        Assert.Equal("MLC3023", finding.Rule.Id);
        Assert.Contains("Docker's configuration with registry logins", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ServiceAccountKey_Triggers()
    {
        string json = $$"""{ "type": "service_account", "private_key": "{{Key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n")}}" }""";

        Finding finding = Assert.Single(folder.With("sa.json", json).Check());

        Assert.Equal("MLC3023", finding.Rule.Id);
        Assert.Contains("a Google service account's key", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".npmrc", "registry=https://npm.example/\n//npm.example/:_authToken=${NPM_TOKEN}\n")]
    [InlineData(".git/config", "[remote \"origin\"]\n\turl = https://git.example/iris.git\n\turl = git@git.example:iris.git\n")]
    [InlineData("nuget.config", "<configuration><packageSources><add key=\"feed\" value=\"https://feed.example/index.json\" /></packageSources></configuration>")]
    [InlineData("nuget.config", "<configuration><packageSourceCredentials><Feed><add key=\"ClearTextPassword\" value=\"%FEED_PASSWORD%\" /></Feed></packageSourceCredentials></configuration>")]
    [InlineData(".docker/config.json", """{"auths":{"registry.example":{}},"credsStore":"desktop"}""")]
    [InlineData(".kube/config", "kind: Config\nusers:\n- name: a\n  user:\n    exec: { command: aws }\n")]
    [InlineData("id_ed25519.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl alice@example\n")]
    public void FileOfAToolWithoutACredential_DoesNotTrigger(string name, string text) => Assert.DoesNotContain(folder.With(name, text).Check(), IsNoLeftover);

    public void Dispose() => folder.Dispose();

    // A repository in the payload is told of as such, too.
    private static bool IsNoLeftover(Finding finding) => finding.Rule.Id != "MLC3024";

    private static X509Certificate2 NewCertificate()
    {
        return new CertificateRequest("CN=iris.example", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
    }

    private static byte[] JavaKeyStore(int[] tags)
    {
        var bytes = new List<byte> { 0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2, 0, 0, 0, (byte)tags.Length };
        foreach (int tag in tags)
        {
            bytes.AddRange([0, 0, 0, (byte)tag, 0, 1, (byte)'a', 0, 0, 0, 0, 0, 0, 0, 0]);
            bytes.AddRange(tag == 2 ? [0, 5, .. "X.509"u8, 0, 0, 0, 3, 1, 2, 3] : [0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0]);
        }

        return [.. bytes];
    }
}
