using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class RemoteModelCodeRuleTests
{
    private const string Commit = "5c38ec7c405ec4b44b94cc5a9bb96e735b38267a";

    [Theory]
    [InlineData("TRUST_REMOTE_CODE", "true")]
    [InlineData("TRUST_REMOTE_CODE", "1")]
    [InlineData("HF_TRUST_REMOTE_CODE", "yes")]
    [InlineData("HF_DATASETS_TRUST_REMOTE_CODE", "True")]
    public void TrustInAVariable_Triggers(string name, string value) => FindingAssert.SingleAtBothMoments(Good.WithVariable(name, value), "MLC3055", Severity.Warning);

    [Theory]
    [InlineData("TRUST_REMOTE_CODE", "0")]
    [InlineData("TRUST_REMOTE_CODE", "false")]
    [InlineData("TRUST_REMOTE_CODE", "")]
    [InlineData("TRUST_REMOTE_CODE_REVIEWED", "true")]
    public void NoTrust_DoesNotTrigger(string name, string value) => FindingAssert.NoneAtBothMoments(Good.WithVariable(name, value));

    [Fact]
    public void TrustInAnArgument_Triggers() =>
        FindingAssert.Single(Good.WithArgument("ContainerDefaultArgs", "--trust-remote-code").AtIntent(), "MLC3055", Severity.Warning);

    [Fact]
    public void ArgumentThatRefuses_DoesNotTrigger() =>
        FindingAssert.None(Good.WithArgument("ContainerDefaultArgs", "--trust-remote-code=false").AtIntent());

    [Fact]
    public void TrustOfTheBase_Triggers()
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedVariable("TRUST_REMOTE_CODE", "true").AtRehearsal(), "MLC3055", Severity.Warning);

        Assert.StartsWith("Override it in the project:", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelOfAHubWithoutRevision_Triggers()
    {
        FindingAssert.SingleAtBothMoments(Good.WithVariable("HF_MODEL_ID", "BAAI/bge-small-en-v1.5"), "MLC3055", Severity.Warning);
        FindingAssert.SingleAtBothMoments(Good.WithVariable("HF_HOME", "/data").WithVariable("MODEL_ID", "BAAI/bge-small-en-v1.5"), "MLC3055", Severity.Warning);
        FindingAssert.Single(Good.WithVariable("HF_HOME", "/data").WithArgument("ContainerDefaultArgs", "--model-id").WithArgument("ContainerDefaultArgs", "mistralai/Mistral-7B-v0.1").AtIntent(), "MLC3055", Severity.Warning);
        FindingAssert.SingleAtBothMoments(Good.WithVariable("HF_MODEL_ID", "BAAI/bge-small-en-v1.5").WithVariable("REVISION", "main"), "MLC3055", Severity.Warning);
    }

    [Fact]
    public void PinnedOfflineOrLocalModel_DoesNotTrigger()
    {
        FindingAssert.NoneAtBothMoments(Good.WithVariable("HF_MODEL_ID", "BAAI/bge-small-en-v1.5").WithVariable("REVISION", Commit));
        FindingAssert.NoneAtBothMoments(Good.WithVariable("HF_MODEL_ID", "BAAI/bge-small-en-v1.5").WithVariable("HF_HUB_OFFLINE", "1"));
        FindingAssert.NoneAtBothMoments(Good.WithVariable("HF_MODEL_ID", "/models/bge"));
        FindingAssert.NoneAtBothMoments(Good.WithVariable("HF_MODEL_ID", "./models/bge"));
        FindingAssert.NoneAtBothMoments(Good.WithVariable("HF_MODEL_ID", "https://models.example/bge"));
        FindingAssert.None(Good.WithVariable("HF_HOME", "/data").WithArgument("ContainerDefaultArgs", "--model=mistralai/Mistral-7B-v0.1").WithArgument("ContainerDefaultArgs", "--revision=" + Commit).AtIntent());
    }

    // gpt-4o at OpenRouter is no download.
    [Fact]
    public void NameOfARemoteServicesModel_DoesNotTrigger()
    {
        FindingAssert.NoneAtBothMoments(Good.WithVariable("MODEL_ID", "openai/gpt-4o"));
        FindingAssert.None(Good.WithArgument("ContainerDefaultArgs", "--model").WithArgument("ContainerDefaultArgs", "openai/gpt-4o").AtIntent());
    }
}
