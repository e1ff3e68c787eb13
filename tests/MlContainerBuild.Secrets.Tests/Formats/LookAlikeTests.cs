using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>What looks like a secret and is none.</summary>
public class LookAlikeTests
{
    [Fact]
    public void KeyThatEveryEmulatorShips_IsLeftAlone()
    {
        // Azurite and the Cosmos DB emulator; in halves, as other scanners read this file too.
        string azurite = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6" + "IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        string cosmos = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2n" + "Q9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";
        Assert.Empty(SecretScanner.Scan($"AccountName=devstoreaccount1;AccountKey={azurite};AccountEndpoint=https://localhost:8081/;AccountKey={cosmos}"));
        Assert.Empty(SecretScanner.Scan($"AccountName=devstoreaccount1;AccountKey={azurite[..^4]}h0=="));
        Assert.Null(NamedSecret.Find("Storage:AccountKey", azurite));
        Assert.Null(NamedSecret.Find("COSMOS_KEY", cosmos));
    }

    [Fact]
    public void SampleOfJwtIo_IsLeftAlone() => Assert.Empty(SecretScanner.Scan(
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ." + Random(Base64UrlCharacters, 43)));

    public static TheoryData<string> Texts() =>
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "hf_" + new string('x', 34),
        "ghp_" + new string('X', 36),
        $"sha256:{Random(HexDigits, 64)}",
        $"\"integrity\": \"sha512-{Random(Base64Characters, 86)}==\"",
        "Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089",
        "InstrumentationKey=0b7b1a5e-95dc-4c47-9fbb-0c4f3aa6ce3e;IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/",
        "<UserSecretsId>0b7b1a5e-95dc-4c47-9fbb-0c4f3aa6ce3e</UserSecretsId>",
        "{\"eos_token\": \"<|endoftext|>\", \"pad_token\": \"[PAD]\", \"cls_token\": \"<s>\"}",
        "new OpenAIClient(new ApiKeyCredential(\"not-needed\"), new() { Endpoint = new(\"http://localhost:1234/v1\") })",
        "new ChatClient(\"phi-4\", new ApiKeyCredential(\"lm-studio\"))",
        "if (text.StartsWith(\"hf_\") || text.StartsWith(\"sk-ant-\")) throw new ArgumentException(\"-----BEGIN " + "PRIVATE KEY-----\");",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_IsLeftAlone(string text) => Assert.Empty(SecretScanner.Scan(text));
}
