using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>Keys that only the provider's name beside them tells.</summary>
public class VendorKeyTests
{
    private static readonly string Cohere = Random(Alphanumeric, 40), Hex40 = Random(HexDigits, 40), Hex32 = Random(HexDigits, 32);

    public static TheoryData<string, string, string> Contexts() => new()
    {
        { "cohere", Cohere, $"CO_API_KEY={Cohere}\n" },
        { "cohere", Cohere, $"\"Cohere\": {{\n  \"ApiKey\": \"{Cohere}\"\n}}" },
        { "cohere", Cohere, $"var client = new CohereClient(\"{Cohere}\");" },
        { "mistral", Random(Alphanumeric, 32), $"mistral:\n  api_key: {Random(Alphanumeric, 32)}\n" },
        { "qdrant", Random(Base64UrlCharacters, 54), $"QDRANT__SERVICE__API_KEY={Random(Base64UrlCharacters, 54)}" },
        { "clearml", Random(Alphanumeric, 50), $"export CLEARML_API_SECRET_KEY='{Random(Alphanumeric, 50)}'" },
        { "comet", Random(Alphanumeric, 25), $"COMET_API_KEY={Random(Alphanumeric, 25)}" },
        { "deepseek", "sk-" + Hex32, $"DEEPSEEK_API_KEY=sk-{Hex32}" },
        { "wandb-legacy", Hex40, $"wandb login {Hex40}" },
        { "wandb-legacy", Hex40, $"ENV WANDB_API_KEY {Hex40}" },
        { "wandb-legacy", Hex40, $"wandb.login(key=\"{Hex40}\")" },
        { "azure-openai-legacy", Hex32, $"curl -H \"api-key: {Hex32}\" https://models.openai.azure.com/" },
        { "azure-openai-legacy", Hex32, $"\"AzureOpenAI\": {{ \"ApiKey\": \"{Hex32}\" }}" },
        { "elevenlabs", "sk_" + Random(HexDigits, 48), $"xi-api-key: sk_{Random(HexDigits, 48)}" },
        { "kaggle-legacy", Hex32, $"KAGGLE_KEY={Hex32}" },
        { "kaggle-file", Hex32, $"{{\"username\":\"jane\",\"key\":\"{Hex32}\"}}" },
    };

    [Theory]
    [MemberData(nameof(Contexts))]
    public void KeyBesideItsProvider_IsFound(string id, string key, string text)
    {
        var match = Assert.Single(SecretScanner.Scan(text));
        Assert.Equal((id, key), (match.Format.Id, text.Substring(match.Start, match.Length)));
    }

    public static TheoryData<string> OtherTexts() =>
    [
        $"mistral-7b sha256: {Random(HexDigits, 64)}",
        $"wandb commit {Hex40}",
        $"\"wandb\": \"https://host/{Hex40}\"",
        $"cohere {Cohere}",
        $"ETag: {Hex32}",
        "CO_API_KEY=" + new string('x', 40),
        "COHERE_API_KEY=${COHERE_API_KEY_FROM_THE_VAULT_OF_THE_TEAM}",
        $"mistral; api_key = other(\"{Random(Alphanumeric, 32)}\")",
    ];

    [Theory]
    [MemberData(nameof(OtherTexts))]
    public void TextThatIsNoKey_IsLeftAlone(string text) => Assert.Empty(SecretScanner.Scan(text));
}
