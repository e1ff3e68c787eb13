using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class SecretInEnvironmentRuleTests
{
    public static TheoryData<string, string> Secrets => new()
    {
        { "HF_TOKEN", Made.HuggingFaceToken },
        { "ANYTHING", Made.HuggingFaceToken },
        { "ANYTHING", $"--token={Made.HuggingFaceToken} --quiet" },
        { "CO_API_KEY", Made.ApiKey },
        { "Database__Password", Made.Password },
        { "ConnectionStrings__Models", $"Server=db.example;User Id=iris;Password={Made.Password}" },
        { "BROKER", $"amqps://iris:{Made.Password}@broker.example" },
        { "AWS_SECRET_ACCESS_KEY", Made.ApiKey },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_Triggers(string name, string value)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable(name, value), "MLC3020", Severity.Error);

        Assert.DoesNotContain(Made.HuggingFaceToken, finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Made.ApiKey, finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Made.Password, finding.Text, StringComparison.Ordinal);
        Assert.Equal(new ValueSource.Item("ContainerEnvironmentVariable", name, "Value"), finding.Source);
    }

    [Fact]
    public void Secret_IsNamedMaskedAndReplaced()
    {
        Finding finding = FindingAssert.Single(Good.WithVariable("HF_TOKEN", Made.HuggingFaceToken).AtIntent(), "MLC3020", Severity.Error);

        Assert.Equal("The project sets the variable 'HF_TOKEN' to a secret (Hugging Face user token, hf_…): everyone who can pull the image can read it, and so can every process in the container.", finding.Message);
        Assert.Equal("""Delete that item, revoke the secret, mount the new one as a file at run time and read it with builder.Configuration.AddKeyPerFile("/run/secrets", optional: true).""", finding.Fix);
    }

    [Fact]
    public void SecretOfTheBase_NamesTheBaseAndItsOwner()
    {
        Finding finding = FindingAssert.Single(Good.WithBase($"registry.example/b@{Digest}").WithInheritedVariable("HF_TOKEN", Made.HuggingFaceToken).AtRehearsal(), "MLC3020", Severity.Error);

        Assert.StartsWith($"The base image 'registry.example/b@{Digest}' sets the variable 'HF_TOKEN' to a secret (Hugging Face user token, hf_…): ", finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("Have whoever builds the base image revoke and remove it", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void HalfASecret_IsAWarning()
        => FindingAssert.SingleAtBothMoments(Good.WithVariable("UPLOAD_AS", Made.AwsKeyId), "MLC3020", Severity.Warning);

    [Fact]
    public void PasswordForThisMachine_IsInformation()
        => FindingAssert.SingleAtBothMoments(Good.WithVariable("DATABASE_URL", $"postgres://iris:{Made.Password}@localhost/iris"), "MLC3020", Severity.Info);

    [Fact]
    public void OverriddenValue_DoesNotTrigger()
        => FindingAssert.NoneAtBothMoments(Good.WithVariable("CO_API_KEY", Made.ApiKey).WithVariable("CO_API_KEY", ""));

    [Theory]
    [InlineData("HF_TOKEN", "")]
    [InlineData("HF_TOKEN", "your-token-here")]
    [InlineData("HF_TOKEN_FILE", "/run/secrets/hf_token")]
    [InlineData("HF_TOKEN", "$(HF_TOKEN)")]
    [InlineData("TOKENIZERS_PARALLELISM", "false")]
    [InlineData("MAX_TOKENS", "4096")]
    [InlineData("ConnectionStrings__Models", "Server=db.example;Integrated Security=true")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "8080")]
    [InlineData("NVIDIA_VISIBLE_DEVICES", "GPU-8a56a4bc-e184-b39f-5b2b-c2ff8a5a1c00")]
    public void NoSecret_DoesNotTrigger(string name, string value) => FindingAssert.NoneAtBothMoments(Good.WithVariable(name, value));
}
