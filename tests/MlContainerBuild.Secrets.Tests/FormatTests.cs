using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

public class FormatTests
{
    /// <summary>A format's id, a token of it, and tokens that miss it by one property.</summary>
    private static readonly (string Id, string Token, string[] NearMisses)[] Vectors =
    [
        ("huggingface-user", HuggingFaceToken(), ["hf_" + Random(Letters, 33), "hf_" + Random(Letters, 35), "xhf_" + Random(Letters, 34), "hf_" + Random(Letters, 30) + "-abc"]),
        ("huggingface-organization", "api_org_" + Random(Letters, 34), ["api_org_" + Random(Letters, 33), "api_" + Random(Letters, 34)]),
        ("openai", "sk-proj-" + Random(Base64UrlCharacters, 74) + "T3Blbk" + "FJ" + Random(Base64UrlCharacters, 74), ["sk-proj-" + Random(Base64UrlCharacters, 156)]),
        ("openai", "sk-svcacct-" + Random(Base64UrlCharacters, 58) + "T3Blbk" + "FJ" + Random(Base64UrlCharacters, 58), ["sk-svcacct-" + Random(Alphanumeric, 20)]),
        ("openai-legacy", "sk-" + Random(Alphanumeric, 20) + "T3Blbk" + "FJ" + Random(Alphanumeric, 20), ["sk-" + Random(Alphanumeric, 19) + "T3Blbk" + "FJ" + Random(Alphanumeric, 20), "pk-" + Random(Alphanumeric, 20) + "T3Blbk" + "FJ" + Random(Alphanumeric, 20)]),
        ("anthropic", "sk-ant-api03-" + Random(Base64UrlCharacters, 93) + "AA", ["sk-ant-api03-" + Random(Base64UrlCharacters, 40), "sk-ant-" + Random(Base64UrlCharacters, 93)]),
        ("nvidia", "nvapi-" + Random(Base64UrlCharacters, 64), ["nvapi-" + Random(Base64UrlCharacters, 59), "nvapi-" + Random(Base64UrlCharacters, 71)]),
        ("wandb", "wandb_v1_" + Random(Alphanumeric, 77), ["wandb_v1_" + Random(Alphanumeric, 76)]),
        ("replicate", "r8_" + Random(Alphanumeric, 37), ["r8_" + Random(Alphanumeric, 36), "attr8_" + Random(Alphanumeric, 37)]),
        ("pinecone", "pcsk_" + Random(Alphanumeric, 5) + "_" + Random(Alphanumeric, 63), ["pcsk_" + Random(Alphanumeric, 4) + "_" + Random(Alphanumeric, 63)]),
        ("langsmith", "lsv2_pt_" + Random(HexDigits, 32) + "_" + Random(HexDigits, 10), ["lsv2_pt_" + Random(HexDigits, 32) + "_" + Random(HexDigits, 9)]),
        ("groq", "gsk_" + Random(Alphanumeric, 52), ["gsk_" + Random(Alphanumeric, 51)]),
        ("together", "tgp_v1_" + Random(Base64UrlCharacters, 43), ["tgp_v1_" + Random(Base64UrlCharacters, 42)]),
        ("perplexity", "pplx-" + Random(Alphanumeric, 48), ["pplx-" + Random(Alphanumeric, 47)]),
        ("cerebras", "csk-" + Random(LowerBase32, 48), ["csk-" + Random(LowerBase32, 47)]),
        ("xai", "xai-" + Random(Alphanumeric, 80), ["xai-" + Random(Alphanumeric, 60)]),
        ("openrouter", "sk-or-v1-" + Random(HexDigits, 64), ["sk-or-v1-" + Random(HexDigits, 63)]),
        ("langfuse", "sk-lf-" + Guid(1), ["sk-lf-" + Random(HexDigits, 32), "pk-lf-" + Guid(1)]),
        ("llamacloud", "llx-" + Random(Base64UrlCharacters, 48), ["llx-" + Random(Base64UrlCharacters, 47)]),
        ("kaggle", "KGAT_" + Random(HexDigits, 32), ["KGAT_" + Random(HexDigits, 31)]),
        ("neptune", "eyJhcGlfYWRk" + "cmVzcyI6" + Random(Alphanumeric, 120), ["eyJhcGlfYWRk" + "cmVzcyI6" + Random(Alphanumeric, 20)]),
        ("azure-cask", Random(Alphanumeric, 52) + "JQQ" + "J99BA" + Random(Alphanumeric, 16) + "AAAB" + Random(Alphanumeric, 4), [Random(Alphanumeric, 51) + "JQQ" + "J99BA" + Random(Alphanumeric, 16) + "AAAB" + Random(Alphanumeric, 4)]),
        ("azure-account-key", Random(Base64Characters, 76) + "+A" + "St" + Random(Alphanumeric, 5) + "A==", [Random(Base64Characters, 75) + "+A" + "St" + Random(Alphanumeric, 5) + "A=="]),
        ("azure-account-key", Random(Base64Characters, 76) + "AC" + "Db" + Random(Alphanumeric, 5) + "Q==", [Random(Base64Characters, 76) + "AC" + "Db" + Random(Alphanumeric, 5) + "B=="]),
        ("azure-access-key", Random(Base64Characters, 33) + "+A" + "Eh" + "A" + Random(Alphanumeric, 5) + "=", [Random(Base64Characters, 33) + "+A" + "Eh" + "A" + Random(Alphanumeric, 5)]),
        ("azure-container-registry", Random(Base64Characters, 42) + "+A" + "CR" + "A" + Random(Alphanumeric, 5), [Random(Base64Characters, 40) + "+A" + "CR" + "A" + Random(Alphanumeric, 5)]),
        ("azure-search", Random(Alphanumeric, 42) + "Az" + "Se" + "A" + Random(Alphanumeric, 5), [Random(Alphanumeric, 42) + "Az" + "Se" + "Z" + Random(Alphanumeric, 5)]),
        ("azure-redis", Random(Alphanumeric, 33) + "Az" + "Ca" + "B" + Random(Alphanumeric, 5) + "=", [Random(Alphanumeric, 33) + "Az" + "Ca" + "B" + Random(Alphanumeric, 5)]),
        ("azure-functions", Random(Base64UrlCharacters, 44) + "Az" + "Fu" + Random(Alphanumeric, 5) + "A==", [Random(Base64UrlCharacters, 43) + "Az" + "Fu" + Random(Alphanumeric, 5) + "A=="]),
        ("azure-entra-client-secret", "ab1" + "8Q~" + Random(Alphanumeric, 34), ["ab1" + "8Q~" + Random(Alphanumeric, 33), "ab1" + "9Q~" + Random(Alphanumeric, 34)]),
        ("azure-entra-client-secret", "a.1" + "7Q~" + Random(Alphanumeric, 31), ["a.1" + "7Q~" + Random(Alphanumeric, 32)]),
        ("aws-bedrock", "ABSK" + Random(Base64Characters, 128), ["ABSK" + Random(Base64Characters, 100)]),
        ("aws-access-key-id", "AKIA" + Random(UpperBase32, 16), ["AKIA" + Random(UpperBase32, 15), "AKIA" + Random(UpperBase32, 17), "AKIA" + Random(UpperBase32, 15) + "1"]),
        ("gcp-api-key", "AIza" + Random(Base64UrlCharacters, 35), ["AIza" + Random(Base64UrlCharacters, 34), "AIza" + Random(Base64UrlCharacters, 36)]),
        ("gcp-oauth-client-secret", "GOCSPX-" + Random(Base64UrlCharacters, 28), ["GOCSPX-" + Random(Base64UrlCharacters, 27)]),
        ("gcp-api-key-bound", "AQ." + "Ab8RN6" + Random(Base64UrlCharacters, 44), ["AQ." + "Ab8RN6" + Random(Base64UrlCharacters, 43)]),
        ("databricks", "dapi" + Random(HexDigits, 32), ["dapi" + Random(HexDigits, 31), "dapi" + Random(HexDigits, 33)]),
        ("github", GitHubToken(), ["ghp_" + Random(Alphanumeric, 35), "ghx_" + Random(Alphanumeric, 36)]),
        ("github-fine-grained", "github_pat_" + Random(Alphanumeric, 22) + "_" + Random(Alphanumeric, 59), ["github_pat_" + Random(Alphanumeric, 22) + "_" + Random(Alphanumeric, 58)]),
        ("gitlab", "glpat-" + Random(Base64UrlCharacters, 19) + "a", ["glpat-" + Random(Alphanumeric, 19)]),
        ("npm", "npm_" + Random(Alphanumeric, 36), ["npm_" + Random(Alphanumeric, 35), "npm_config_registry_with_a_long_name_indeed"]),
        ("nuget", "oy2" + Random(LowerBase32, 43), ["oy2" + Random(LowerBase32, 42)]),
        ("docker-hub-personal", "dckr_pat_" + Random(Base64UrlCharacters, 26) + "a", ["dckr_pat_" + Random(Base64UrlCharacters, 26)]),
        ("docker-hub-organization", "dckr_oat_" + Random(Base64UrlCharacters, 31) + "a", ["dckr_oat_" + Random(Base64UrlCharacters, 31)]),
        ("slack", "xoxb-" + Random(Digits, 12) + "-" + Random(Digits, 12) + "-" + Random(Alphanumeric, 24), ["xoxb-not-a-real-token", "xoxz-" + Random(Digits, 12)]),
        ("slack-app", "xapp-1-" + Random(UpperBase32, 11) + "-" + Random(Digits, 13) + "-" + Random(HexDigits, 64), ["xapp-1-" + Random(UpperBase32, 11)]),
        ("slack-webhook", "hooks.slack.com/services/T" + Random(UpperBase32, 8) + "/B" + Random(UpperBase32, 8) + "/" + Random(Alphanumeric, 24), ["hooks.slack.com/services/"]),
        ("sendgrid", "SG." + Random(Base64UrlCharacters, 22) + "." + Random(Base64UrlCharacters, 43), ["SG." + Random(Base64UrlCharacters, 22) + "." + Random(Base64UrlCharacters, 42)]),
        ("stripe", "sk_" + "live_" + Random(Alphanumeric, 24), ["pk_" + "live_" + Random(Alphanumeric, 24)]),
        ("stripe-test", "sk_" + "test_" + Random(Alphanumeric, 24), ["sk_" + "test_" + Random(Alphanumeric, 9)]),
        ("jwt", JsonWebToken(), [JsonWebToken("""{"typ":"JWT","x":"none"}"""), "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0"]),
        ("private-key", PrivateKey("RSA PRIVATE KEY"), [PrivateKey("RSA PUBLIC KEY"), PrivateKey("CERTIFICATE"), "-----BEGIN " + "PRIVATE KEY-----\n-----END PRIVATE KEY-----"]),
        ("private-key", PrivateKey("OPENSSH PRIVATE KEY", "\\n"), []),
        ("private-key-encrypted", PrivateKey("ENCRYPTED PRIVATE KEY"), []),
    ];

    public static TheoryData<string, string> Tokens()
    {
        var data = new TheoryData<string, string>();
        foreach (var (id, token, _) in Vectors)
            data.Add(id, token);
        return data;
    }

    public static TheoryData<string, string> NearMisses()
    {
        var data = new TheoryData<string, string>();
        foreach (var (id, _, misses) in Vectors)
        {
            foreach (string miss in misses)
                data.Add(id, miss);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Token_IsFoundWhole(string id, string token)
    {
        var match = Assert.Single(SecretScanner.Scan(token));
        Assert.Equal((id, 0, token.Length), (match.Format.Id, match.Start, match.Length));
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void TokenInCode_IsFoundInPlace(string id, string token)
    {
        string[] places = [$"client = new(\"{token}\");", $"  key: {token}\r\n", $"KEY={token}\n", $"{{\"k\":\"{token}\"}}", $"a\\n{token}\\n", $"größe = '{token}'"];
        foreach (string place in places)
        {
            var match = Assert.Single(SecretScanner.Scan(place));
            Assert.Equal((id, place.IndexOf(token, StringComparison.Ordinal), token.Length), (match.Format.Id, match.Start, match.Length));
        }
    }

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void NearMiss_IsNotFound(string id, string text) =>
        Assert.DoesNotContain(SecretScanner.Scan($"key = \"{text}\""), match => match.Format.Id == id);

    [Fact]
    public void EveryFormatWithAShape_HasAVector() =>
        Assert.Empty(SecretFormats.All.Where(format => format.Shapes.Count > 0).Select(format => format.Id).Except(Vectors.Select(vector => vector.Id)));

    [Fact]
    public void EveryFormat_HasItsOwnId() =>
        Assert.Equal(SecretFormats.All.Length, SecretFormats.All.Select(format => format.Id).Distinct().Count());

    private static string Guid(int seed)
    {
        string hex = Random(HexDigits, 32, seed);
        return $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
    }
}
