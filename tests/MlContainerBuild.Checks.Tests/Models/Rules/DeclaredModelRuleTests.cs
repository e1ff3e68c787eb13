using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models.Rules;

public sealed class DeclaredModelRuleTests : IDisposable
{
    private readonly ModelFolder folder = new ModelFolder().With("models/iris.onnx", OnnxModel.Plain);

    private string PinCommand => $"dotnet build \"{folder.Project}\" -t:MlContainerPinModels";

    [Fact]
    public void DeclaredHash_DoesNotTrigger()
    {
        Assert.Empty(folder.Declare("models/iris.onnx", ModelFolder.Sha256(OnnxModel.Plain)).Tell());
    }

    [Fact]
    public void HashInCapitals_DoesNotTrigger() =>
        Assert.Empty(folder.Declare("models/iris.onnx", $" {ModelFolder.Sha256(OnnxModel.Plain).ToUpperInvariant()} ").Tell());

    [Fact]
    public void NoDeclaration_DoesNotTrigger() => Assert.Empty(folder.Tell());

    [Fact]
    public void OtherContent_Triggers()
    {
        Finding finding = Assert.Single(folder.Declare("models/iris.onnx", new string('a', 64)).Check("MLC3051"));

        Assert.Equal((Severity.Error, new ValueSource.Item("MlContainerModel", "models/iris.onnx", "Sha256")), (finding.Severity, finding.Source));
        Assert.Equal($"The model 'models/iris.onnx' is not the declared one: its SHA-256 is {ModelFolder.Sha256(OnnxModel.Plain)}, and {new string('a', 64)} is declared.", finding.Message);
        Assert.Equal($"Find out what changed it. If the change is meant, write the new hash: {PinCommand}", finding.Fix);
    }

    [Fact]
    public void OtherContentInThePublishFolderOnly_IsToBeDeletedThere()
    {
        byte[] stale = [.. OnnxModel.Plain, 0x28, 1];
        string declared = ModelFolder.Sha256(OnnxModel.Plain);

        Finding finding = Assert.Single(folder.With("models/iris.onnx", stale).WithSource("models/iris.onnx", OnnxModel.Plain).Declare("models/iris.onnx", declared).Check("MLC3051"));

        Assert.Equal(
            $"The copy of the model 'models/iris.onnx' in the publish folder is not the declared one: its SHA-256 is {ModelFolder.Sha256(stale)}. The project's own file is: it has {declared}.",
            finding.Message);
        Assert.Equal(
            $"Delete the copy in the publish folder and publish again: {Path.Combine(folder.Path, "publish", "models/iris.onnx")}. If it comes back, another item publishes a file to that place.",
            finding.Fix);
    }

    [Fact]
    public void OtherContentInBothPlaces_IsNotToBeDeleted()
    {
        folder.WithSource("models/iris.onnx", OnnxModel.Plain).Declare("models/iris.onnx", new string('a', 64));

        Assert.StartsWith("Find out what changed it.", Assert.Single(folder.Check("MLC3051")).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingModel_Triggers()
    {
        Finding finding = Assert.Single(folder.Declare("models/iris.onnx", ModelFolder.Sha256(OnnxModel.Plain)).Declare("models/gone.onnx").Check("MLC3051"), finding => finding.Severity == Severity.Error);

        Assert.Equal("The project declares the model 'models/gone.onnx', and it is not in the publish folder.", finding.Message);
    }

    [Fact]
    public void UndeclaredModel_Triggers()
    {
        Finding finding = Assert.Single(folder.With("extra/other.gguf", new GgufWriter().Bytes).Declare("models/iris.onnx", ModelFolder.Sha256(OnnxModel.Plain)).Check("MLC3051"));

        Assert.Equal("The GGUF 'extra/other.gguf' is in the publish folder, and the project, which declares its models, does not declare it.", finding.Message);
        Assert.Contains($"and write its hash: {PinCommand}. Otherwise", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void MountedModelInTheImage_Triggers() =>
        Assert.Contains("declared to be mounted", Assert.Single(folder.Declare("models/iris.onnx", mount: "true").Check("MLC3051")).Message, StringComparison.Ordinal);

    [Fact]
    public void NoHashAtAll_IsInformation()
    {
        Finding finding = Assert.Single(folder.Declare("models/iris.onnx").Check("MLC3051"));

        Assert.Equal((Severity.Info, $"Write it: {PinCommand}"), (finding.Severity, finding.Fix));
    }

    [Fact]
    public void HashOfSomeModelsOnly_IsAWarning() =>
        Assert.Equal(["MLC3051 Warning"], folder.With("b.gguf", new GgufWriter().Bytes).Declare("models/iris.onnx", ModelFolder.Sha256(OnnxModel.Plain)).Declare("b.gguf").Tell());

    [Fact]
    public void FileThatIsNoModel_MayBeDeclared() =>
        Assert.Empty(folder.With("models/labels.txt", "a\nb"u8.ToArray()).Declare("models/iris.onnx", ModelFolder.Sha256(OnnxModel.Plain)).Declare("models/labels.txt", ModelFolder.Sha256("a\nb"u8.ToArray())).Tell());

    [Theory]
    [InlineData("abc", "", "Sha256 of MlContainerModel 'models/iris.onnx' is 'abc'.")]
    [InlineData("", "yes", "Mount of MlContainerModel 'models/iris.onnx' is 'yes'.")]
    public void UnknownMetadata_IsRefused(string sha256, string mount, string message)
    {
        Finding finding = Assert.Single(folder.Declare("models/iris.onnx", sha256, mount).Check("MLC9008"));

        Assert.Equal((Severity.Error, message), (finding.Severity, finding.Message));
    }

    public void Dispose() => folder.Dispose();
}
