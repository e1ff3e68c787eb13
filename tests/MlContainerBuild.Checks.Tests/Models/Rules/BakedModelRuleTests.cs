using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models.Rules;

public sealed class BakedModelRuleTests
{
    [Fact]
    public void OneModel_TriggersWithItsFormatAndSize()
    {
        using var folder = new ModelFolder();

        Finding finding = Assert.Single(folder.With("models/iris.onnx", OnnxModel.Plain).Check());

        Assert.Equal(("MLC3050", Severity.Info), (finding.Rule.Id, finding.Severity));
        Assert.Equal($"The image holds the model 'models/iris.onnx' (ONNX, {OnnxModel.Plain.Length} bytes): it is pulled with every release, and everyone who can pull the image can read it.", finding.Message);
        Assert.Contains("""<MlContainerModel Include="models/iris.onnx" Mount="true" />""", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralModels_AreOneFindingWithTheirExternalData()
    {
        using var folder = new ModelFolder();
        byte[] model = OnnxModel.Model().Message(7, OnnxModel.Graph().Message(5, OnnxModel.ExternalTensor("w", "big.onnx_data"))).Bytes;

        Finding finding = Assert.Single(folder.With("models/big.onnx", model).With("models/big.onnx_data", new byte[3 << 20]).With("words.gguf", [.. new GgufWriter().Bytes, .. new byte[1 << 20]]).Check());

        Assert.Contains("holds 2 model files (4.0 MiB, the largest is 'words.gguf', GGUF, 1.0 MiB)", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MountedModel_DoesNotTrigger()
    {
        using var folder = new ModelFolder();

        Assert.Empty(folder.WithSource("models/iris.onnx", OnnxModel.Plain).Declare("models/iris.onnx", mount: "true").Check());
    }

    [Fact]
    public void OtherFiles_DoNotTrigger()
    {
        using var folder = new ModelFolder();

        Assert.Empty(folder.With("app.dll", [(byte)'M', (byte)'Z', .. new byte[100]]).With("models/readme.md", "# Model"u8.ToArray()).With("empty.onnx", []).Check());
    }
}
