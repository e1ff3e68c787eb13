using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Images;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models.Rules;

public sealed class SecretInModelRuleTests
{
    [Fact]
    public void TokenInMetadata_TriggersWithoutShowingIt()
    {
        using var folder = new ModelFolder();

        Finding finding = Assert.Single(folder.With("iris.onnx", OnnxModel.Model().Entry(14, "command", $"train --token {Made.HuggingFaceToken}").Message(7, OnnxModel.Graph()).Bytes).Check("MLC3054"));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal("The ONNX 'iris.onnx' holds a secret (Hugging Face user token, hf_…) in its metadata (metadata_props 'command'): everyone who has the file can read it.", finding.Message);
    }

    [Fact]
    public void SecretInANameOfAnEntry_IsNotShown()
    {
        using var folder = new ModelFolder();
        byte[] model = OnnxModel.Model().Entry(14, Made.HuggingFaceToken, Made.AwsKeyId).Message(7, OnnxModel.Graph()).Bytes;

        Assert.All(folder.With("iris.onnx", model).Check(), finding => Assert.DoesNotContain(Made.HuggingFaceToken, finding.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void UsualMetadata_DoesNotTrigger()
    {
        using var folder = new ModelFolder();

        Assert.Empty(folder.With("m.gguf", new GgufWriter().Text("general.name", "Llama").Text("tokenizer.chat_template", "{{ bos_token }}{% if password %}").Text("general.license", "apache-2.0").Bytes).Tell());
    }
}
