using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

public class NamedSecretTests
{
    public static TheoryData<string, string> Secrets() => new()
    {
        { "MLFLOW_TRACKING_PASSWORD", Password() },
        { "CO_API_KEY", Random(Alphanumeric, 40) },
        { "MISTRAL_API_KEY", Random(Alphanumeric, 32) },
        { "KAGGLE_KEY", Random(HexDigits, 32) },
        { "WANDB_API_KEY", Random(HexDigits, 40) },
        { "AzureOpenAI__ApiKey", Random(HexDigits, 32) },
        { "Jwt:SigningKey", "superSecret" + "Key@345!" },
        { "CLIENTSECRET", Random(Alphanumeric, 24) },
        { "DB_PASSWORD", "${DB_PASSWORD:-" + Password() + "}" },
        { "NOTHING_IN_THE_NAME", HuggingFaceToken() },
        { "DATABASE_URL", $"postgresql://app:{Password()}@db:5432/models" },
        { "ConnectionStrings__Models", $"Server=tcp:db,1433;User Id=app;Password={Password()};Encrypt=true" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void CredentialName_WithARealValue_IsASecret(string name, string value) => Assert.NotNull(NamedSecret.Find(name, value));

    [Theory]
    [InlineData("MLFLOW_TRACKING_PASSWORD_FILE", "/run/secrets/mlflow_password")]
    [InlineData("MLFLOW_TRACKING_PASSWORD", "/run/secrets/mlflow_password")]
    [InlineData("MLFLOW_TRACKING_PASSWORD", "${MLFLOW_TRACKING_PASSWORD}")]
    [InlineData("MLFLOW_TRACKING_PASSWORD", "$(MlflowPassword)")]
    [InlineData("MLFLOW_TRACKING_PASSWORD", "$MLFLOW_PASSWORD")]
    [InlineData("MLFLOW_TRACKING_PASSWORD", "")]
    [InlineData("MLFLOW_TRACKING_PASSWORD", "changeme")]
    [InlineData("REQUIRE_PASSWORD", "true")]
    [InlineData("PASSWORD_LENGTH", "12345678")]
    [InlineData("MAX_TOKENS", "4096")]
    [InlineData("TOKENIZERS_PARALLELISM", "false")]
    [InlineData("EOS_TOKEN", "<|endoftext|>")]
    [InlineData("OPENAI_API_KEY", "your-api-key-goes-here")]
    [InlineData("OPENAI_API_KEY", "not-needed")]
    [InlineData("OPENAI_API_KEY", "lm-studio")]
    [InlineData("OPENAI_API_KEY", "AZURE_OPENAI_API_KEY")]
    [InlineData("VAULT_TOKEN", "vault:secret/data/models#token")]
    [InlineData("API_KEY_URL", "https://vault.example/keys")]
    [InlineData("AZURE_CLIENT_ID", "0b7b1a5e-95dc-4c47-9fbb-0c4f3aa6ce3e")]
    [InlineData("DB_PASSWORD_SECRET_NAME", "models-db-password")]
    [InlineData("DB_PASSWORD", "models-db-password")]
    [InlineData("PublicKeyToken", "b77a5c561934e089")]
    [InlineData("SSL_CERT_DIR", "/etc/ssl/certs")]
    [InlineData("CLIENT_SECRET", "abcdefghijklmnopqrstuvwxyz1234567890")]
    [InlineData("label:password", "Passwort")]
    [InlineData("change_password", "Изменить пароль")]
    [InlineData("dependencies:parse-passwd", "^1.0.0")]
    [InlineData("signingKey", "xpub6DAbghfuRCW6Qqr3KfSDjik4kEUivAkfhcGHMkVEe4bZq53VQz79k44EoQ5MDpLJKK")]
    public void Setting_ThatIsNoSecret_IsLeftAlone(string name, string value) => Assert.Null(NamedSecret.Find(name, value));

    [Fact]
    public void KeyForBrowsers_IsLeftAlone()
    {
        Assert.Null(NamedSecret.Find("Recaptcha:SiteKey", Random(Alphanumeric, 40)));
        Assert.Null(NamedSecret.Find("Mapbox:AccessToken", "pk.eyJ" + Random(Alphanumeric, 60)));
    }

    [Theory]
    [InlineData("POSTGRES_PASSWORD", "postgres", true)]
    [InlineData("POSTGRES_PASSWORD", "${POSTGRES_PASSWORD:-changeme}", true)]
    [InlineData("MINIO_ROOT_PASSWORD", "minioadmin", true)]
    [InlineData("POSTGRES_USER", "postgres", false)]
    [InlineData("POSTGRES_PASSWORD_FILE", "changeme", false)]
    [InlineData("POSTGRES_PASSWORD", "${POSTGRES_PASSWORD}", false)]
    public void DefaultPassword_IsToldApart(string name, string value, bool expected) => Assert.Equal(expected, DefaultPassword.IsSet(name, value));

    [Fact]
    public void CommandLine_YieldsEachSecretInPlace()
    {
        string token = HuggingFaceToken(), password = Password();
        string text = $"docker run -e HF_TOKEN={token} app --db-password {password} --retries 3";
        Assert.Equal(
            [("huggingface-user", token), ("named-password", password)],
            NamedSecret.FindAll(text).Select(match => (match.Format.Id, text.Substring(match.Start, match.Length))));
    }
}
