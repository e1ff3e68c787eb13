using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models.Rules;

public sealed class ExternalDataRuleTests
{
    [Theory]
    [InlineData("/etc/passwd", "an absolute path")]
    [InlineData("\\\\server\\share\\w.bin", "an absolute path")]
    [InlineData("C:\\weights.bin", "an absolute path")]
    [InlineData("d:weights.bin", "an absolute path")]
    [InlineData("../../secrets/key", "outside the model's folder")]
    [InlineData("data/../../key", "outside the model's folder")]
    [InlineData("data\\..\\..\\key", "outside the model's folder")]
    [InlineData("https://models.example/w.bin", "an address on a network")]
    [InlineData("*/_ORT_MEM_ADDR_/*", "an address in memory")]
    [InlineData("w\n.bin", "control characters")]
    public void PathOutsideTheFolder_Triggers(string location, string because)
    {
        using ModelFolder folder = Folder(location);

        Finding finding = Assert.Single(folder.Check("MLC3053"));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains(because, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx_data")]
    [InlineData("./model.onnx_data")]
    [InlineData("data/w..bin")]
    [InlineData("data\\w..bin")]
    public void PathBelowTheFolder_DoesNotTrigger(string location)
    {
        using ModelFolder folder = Folder(location).With("models/model.onnx_data", new byte[4]).With("models/data/w..bin", new byte[4]);

        Assert.Empty(folder.Tell());
    }

    [Fact]
    public void MissingFile_IsAWarning()
    {
        using ModelFolder folder = Folder("model.onnx_data");

        Assert.Equal(["MLC3053 Warning"], folder.Tell());
    }

    [Fact]
    public void MissingFileOfAMountedModel_DoesNotTrigger()
    {
        using var folder = new ModelFolder();

        Assert.Empty(folder.WithSource("models/model.onnx", Model("model.onnx_data")).Declare("models/model.onnx", mount: "true").Tell());
    }

    private static byte[] Model(string location) => OnnxModel.Model().Message(7, OnnxModel.Graph().Message(5, OnnxModel.ExternalTensor("w", location))).Bytes;

    private static ModelFolder Folder(string location) => new ModelFolder().With("models/model.onnx", Model(location));
}
