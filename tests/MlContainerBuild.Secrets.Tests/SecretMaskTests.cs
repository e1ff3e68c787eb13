using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

public class SecretMaskTests
{
    [Fact]
    public void Token_ShowsThePrefixOfItsProvider() => Assert.Equal("hf_…", SecretMask.Mask(HuggingFaceToken()));

    [Fact]
    public void Password_ShowsNothing() => Assert.Equal("…", SecretMask.Mask(Password()));

    [Fact]
    public void KeyWithoutAPublicPrefix_ShowsNothing() =>
        Assert.Equal("…", SecretMask.Mask(Random(Base64Characters, 76) + "+A" + "St" + Random(Alphanumeric, 5) + "A=="));

    [Fact]
    public void LongerText_LosesItsSecretsAndNothingElse()
    {
        string text = $"curl -H 'Authorization: Bearer {HuggingFaceToken()}' https://app:{Password()}@registry.example/v2/";
        Assert.Equal("curl -H 'Authorization: Bearer hf_…' https://app:…@registry.example/v2/", SecretMask.Redact(text));
    }

    [Fact]
    public void TextWithoutSecrets_StaysAsItIs() => Assert.Equal("docker login -u app --password-stdin", SecretMask.Redact("docker login -u app --password-stdin"));

    [Theory]
    [InlineData("mlflow server --password hunter22 --port 5000", "mlflow server --password … --port 5000")]
    [InlineData("export MLFLOW_TRACKING_PASSWORD='two words'; run", "export MLFLOW_TRACKING_PASSWORD='…'; run")]
    [InlineData("POSTGRES_PASSWORD=changeme", "POSTGRES_PASSWORD=…")]
    [InlineData("{\"apiKey\": \"abc\"}", "{\"apiKey\": \"…\"}")]
    [InlineData("--api-key=${API_KEY} --max-tokens=4096", "--api-key=${API_KEY} --max-tokens=4096")]
    public void ValueOfACredentialName_IsHidden(string text, string expected) => Assert.Equal(expected, SecretMask.Redact(text));
}
