using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MlContainerBuild.Secrets.Tests;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.SecretTextAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>MLC1005. The keys are made by .NET for each run.</summary>
public sealed class PrivateKeyTests
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDsa Elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static string Field(string literal) => $$"""class Signer { const string Key = {{literal}}; }""";

    private static string Quoted(string text) => "\"" + text.Replace("\r", "").Replace("\n", "\\n") + "\"";

    public static TheoryData<string> Keys() =>
    [
        Rsa.ExportPkcs8PrivateKeyPem(),
        Rsa.ExportRSAPrivateKeyPem(),
        Elliptic.ExportPkcs8PrivateKeyPem(),
        Elliptic.ExportECPrivateKeyPem(),
        Convert.ToBase64String(Rsa.ExportPkcs8PrivateKey()),
        Convert.ToBase64String(Rsa.ExportRSAPrivateKey()),
        Convert.ToBase64String(Elliptic.ExportPkcs8PrivateKey()),
        Convert.ToBase64String(Elliptic.ExportECPrivateKey()),
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Rsa.ExportPkcs8PrivateKeyPem())),
        Convert.ToBase64String(SelfSigned().Export(X509ContentType.Pkcs12, Made.Password())),
        Rsa.ToXmlString(includePrivateParameters: true),
        $$"""{ \"type\": \"service_account\", \"private_key\": {{Quoted(Rsa.ExportPkcs8PrivateKeyPem()).Replace("\"", "\\\"").Replace("\\n", "\\\\n")}} }""",
    ];

    [Theory, MemberData(nameof(Keys))]
    public Task PrivateKey_Triggers(string key) => Verify.VerifyAnalyzerAsync(Field("{|MLC1005:" + Quoted(key) + "|}"));

    [Fact]
    public Task KeyInRawString_Triggers() =>
        Verify.VerifyAnalyzerAsync(Field("{|MLC1005:\"\"\"\n" + Rsa.ExportPkcs8PrivateKeyPem() + "\n\"\"\"|}"));

    [Fact]
    public Task KeyLineByLine_TriggersOnce() =>
        Verify.VerifyAnalyzerAsync(Field("{|MLC1005:" + string.Join(" +\n", Rsa.ExportPkcs8PrivateKeyPem().Split('\n').Select(line => Quoted(line + "\n"))) + "|}"));

    [Fact]
    public async Task KeyBehindPassphrase_OnlyWarns()
    {
        string pem = Rsa.ExportEncryptedPkcs8PrivateKeyPem(Made.Password(), new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        var finding = Assert.Single(await Verification.TestProject.AnalyzeAsync(
            Verification.TestProject.Compile(Field(Quoted(pem))), new Analyzers.Rules.SecretTextAnalyzer()));
        Assert.Equal(("MLC1005", "warning"), (finding.Id, finding.Properties["publishSeverity"]));
    }

    public static TheoryData<string> PublicOrNone() =>
    [
        Rsa.ExportSubjectPublicKeyInfoPem(),
        Rsa.ExportRSAPublicKeyPem(),
        SelfSigned().ExportCertificatePem(),
        Convert.ToBase64String(Rsa.ExportSubjectPublicKeyInfo()),
        Convert.ToBase64String(Rsa.ExportRSAPublicKey()),
        Convert.ToBase64String(SelfSigned().RawData),
        Rsa.ToXmlString(includePrivateParameters: false),
        "-----BEGIN PRIVATE KEY-----",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7 and so on, until the end of it",
    ];

    [Theory, MemberData(nameof(PublicOrNone))]
    public Task PublicKeyCertificateOrHeader_DoesNotTrigger(string text) => Verify.VerifyAnalyzerAsync(Field(Quoted(text)));

    [Fact]
    public Task TestProject_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync("namespace Xunit { class FactAttribute : Attribute; } " + Field(Quoted(Rsa.ExportPkcs8PrivateKeyPem())));

    private static X509Certificate2 SelfSigned() =>
        new CertificateRequest("CN=models.example", Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
}
