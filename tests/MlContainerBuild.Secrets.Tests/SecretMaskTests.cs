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

    [Theory]
    [InlineData("curl -u app:hunter22 https://models.example", "curl -u app:… https://models.example")]
    [InlineData("/bin/sh -c curl -fsSLu app:hunter22 -o /m.onnx https://models.example # buildkit", "/bin/sh -c curl -fsSLu app:… -o /m.onnx https://models.example # buildkit")]
    [InlineData("curl -sS --user=\"app:hun ter22\" https://models.example", "curl -sS --user=\"app:…\" https://models.example")]
    [InlineData("curl --proxy-user 'app:hunter22' -uapp:hunter23 https://models.example", "curl --proxy-user 'app:…' -uapp:… https://models.example")]
    [InlineData("[\"/usr/bin/curl\", \"-u\", \"app:hunter22\"]", "[\"/usr/bin/curl\", \"-u\", \"app:…\"]")]
    [InlineData("apk add curl && curl \\\n -u app:hunter22 x", "apk add curl && curl \\\n -u app:… x")]
    [InlineData("docker login -u app -p hunter22 registry.example", "docker login -u app -p … registry.example")]
    [InlineData("sshpass -p hunter22 ssh app@db; redis-cli -h cache -a hunter22 ping", "sshpass -p … ssh app@db; redis-cli -h cache -a … ping")]
    [InlineData("mysqldump -u app -phunter22 models", "mysqldump -u app -p… models")]
    public void PasswordOfACommand_IsHidden(string text, string expected) => Assert.Equal(expected, SecretMask.Redact(text));

    [Theory]
    [InlineData("podman run -u 1654:1654 -p 8080:8080 models")]
    [InlineData("curl -u app https://models.example; docker run -u 1654:1654 models")]
    [InlineData("curl -u \"app:${PASSWORD}\" https://models.example:8080/a:b")]
    [InlineData("curl -u app:$PASSWORD https://models.example")]
    [InlineData("docker login -u app --password-stdin registry.example:5000")]
    [InlineData("mysql -u app -p models")]
    public void CommandWithoutAPassword_StaysAsItIs(string text) => Assert.Equal(text, SecretMask.Redact(text));
}
