using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class SecretInLabelRuleTests
{
    public static TheoryData<string, string> Secrets => new()
    {
        { "example.model-source", $"https://iris:{Made.Password}@models.example/iris.onnx" },
        { "example.note", "pulled with " + Made.HuggingFaceToken },
        { "example.api-key", Made.ApiKey },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_Triggers(string name, string value)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithLabel(name, value), "MLC3021", Severity.Error);

        Assert.DoesNotContain(Made.HuggingFaceToken, finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Made.ApiKey, finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Made.Password, finding.Text, StringComparison.Ordinal);
        Assert.Equal("Delete it from that item, and revoke the secret.", finding.Fix);
    }

    [Fact]
    public void SecretInTheName_Triggers()
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithLabel("example/" + Made.HuggingFaceToken, "1"), "MLC3021", Severity.Error);

        Assert.Equal("The project sets a label whose name is or holds a secret (Hugging Face user token, hf_…): everyone who can see the image in its registry can read it.", finding.Message);
        Assert.DoesNotContain(Made.HuggingFaceToken, finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TokenInTheRepositoryUrl_IsFoundInTheSdksLabel()
    {
        ImageUnderTest image = Good.WithSdkLabel("org.opencontainers.image.source", $"https://x:{Made.Password}@git.example/iris");

        Finding finding = FindingAssert.SingleAtBothMoments(image, "MLC3021", Severity.Error);

        Assert.StartsWith("The .NET SDK sets the label 'org.opencontainers.image.source' to a secret ", finding.Message, StringComparison.Ordinal);
        Assert.Contains("git remote get-url origin", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretOfTheBase_Triggers()
        => FindingAssert.Single(Good.WithInheritedLabel("maintainer.note", Made.HuggingFaceToken).AtRehearsal(), "MLC3021", Severity.Error);

    [Theory]
    [InlineData("org.opencontainers.image.revision", "4d9439b7c1f0a2e8b5d6c3a4f1e0d9c8b7a6f5e4")]
    [InlineData("org.opencontainers.image.base.digest", "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    [InlineData("org.opencontainers.image.created", "2026-12-07T10:00:00.0000000Z")]
    [InlineData("org.opencontainers.image.source", "https://git.example/iris")]
    public void NoSecret_DoesNotTrigger(string name, string value) => FindingAssert.NoneAtBothMoments(Good.WithLabel(name, value));
}
