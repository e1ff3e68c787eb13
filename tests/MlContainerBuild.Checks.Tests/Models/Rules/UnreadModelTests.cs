using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models.Rules;

/// <summary>MLC9009 of models: what of a file was not searched, and why.</summary>
public sealed class UnreadModelTests
{
    [Fact]
    public void ModelThatIsCut_IsToBeMadeWhole()
    {
        using var folder = new ModelFolder();

        Finding finding = Assert.Single(folder.With("iris.onnx", OnnxModel.Plain[..^5]).Check("MLC9009"));

        Assert.Contains("could not be read to the end of its head", finding.Message, StringComparison.Ordinal);
        Assert.Equal("Make sure that the file is whole.", finding.Fix);
    }

    [Fact]
    public void BytesBehindTheModel_AreNotSaidToBeMissing()
    {
        using var folder = new ModelFolder();

        Finding finding = Assert.Single(folder.With("iris.onnx", [.. OnnxModel.Plain, .. "appended"u8]).Check("MLC9009"));

        Assert.Equal(
            $"The ONNX 'iris.onnx' is longer than the model in it, and the rest was not searched (offset {OnnxModel.Plain.Length}: what follows is no field of an ONNX model).",
            finding.Message);
        Assert.Equal("Find out what was appended, and take the model from where it was exported.", finding.Fix);
    }
}
