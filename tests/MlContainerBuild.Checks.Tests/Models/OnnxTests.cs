using System.Text;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Tests.Images;
using MlContainerBuild.Checks.Tests.Models.Files;

namespace MlContainerBuild.Checks.Tests.Models;

public sealed class OnnxTests
{
    [Fact]
    public void PlainModel_SaysWhatWroteIt()
    {
        ModelFile file = MadeFile.Read(OnnxModel.Plain)!;

        Assert.Equal((ModelFormat.Onnx, "pytorch 2.1.0", null), (file.Format, file.Producer, file.Problem));
        Assert.Equal((false, 0, 0, 0), (file.HoldsCompiledEngine, file.ExternalData.Length, file.CustomDomains.Length, file.Secrets.Length));
    }

    [Fact]
    public void ExternalData_IsListedOnce_WhereverATensorStands()
    {
        ProtobufMessage inBranch = new ProtobufMessage().Message(5, OnnxModel.ExternalTensor("deep", "deep.bin"));
        ProtobufMessage attribute = new ProtobufMessage().Text(1, "then_branch").Message(6, inBranch).Message(5, OnnxModel.ExternalTensor("value", "value.bin"));
        ProtobufMessage sparse = new ProtobufMessage().Message(1, OnnxModel.ExternalTensor("values", "sparse.bin"));
        ProtobufMessage graph = OnnxModel.Graph()
            .Message(5, OnnxModel.ExternalTensor("a", "model.onnx_data"))
            .Message(5, OnnxModel.ExternalTensor("b", "model.onnx_data"))
            .Message(15, sparse)
            .Message(1, OnnxModel.Node("If").Message(5, attribute));

        Assert.Equal<string>(["model.onnx_data", "sparse.bin", "deep.bin", "value.bin"], MadeFile.Read(OnnxModel.Model().Message(7, graph).Bytes)!.ExternalData);
    }

    [Fact]
    public void CustomDomain_IsThatOfANodeThatNoFunctionDefines()
    {
        ProtobufMessage graph = OnnxModel.Graph().Message(1, OnnxModel.Node("Fast", "com.acme")).Message(1, OnnxModel.Node("MatMulNBits", "com.microsoft")).Message(1, OnnxModel.Node("Rank", "pkg.torch"));
        ProtobufMessage function = new ProtobufMessage().Text(1, "Rank").Text(10, "pkg.torch").Message(7, OnnxModel.Node("Shape"));

        Assert.Equal<string>(["com.acme"], MadeFile.Read(OnnxModel.Model().Message(7, graph).Message(25, function).Bytes)!.CustomDomains);
    }

    [Fact]
    public void CompiledEngine_IsNoticed() =>
        Assert.True(MadeFile.Read(OnnxModel.Model().Message(7, OnnxModel.Graph().Message(1, OnnxModel.Node("EPContext", "com.microsoft"))).Bytes)!.HoldsCompiledEngine);

    public static TheoryData<string, string> PlacesOfTexts => new()
    {
        { "metadata_props", "metadata_props 'source'" },
        { "doc_string", "doc_string" },
        { "graph", "doc_string" },
        { "node", "doc_string" },
        { "attribute", "attribute" },
        { "domain", "domain" },
        { "initializer", "name" },
    };

    [Theory]
    [MemberData(nameof(PlacesOfTexts))]
    public void SecretInAText_IsFoundAndHidden(string place, string shown)
    {
        string text = $"trained with {Made.HuggingFaceToken} today";
        ProtobufMessage model = OnnxModel.Model();
        ProtobufMessage graph = OnnxModel.Graph();
        switch (place)
        {
            case "metadata_props":
                model.Entry(14, "source", text);
                break;
            case "doc_string":
                model.Text(6, text);
                break;
            case "domain":
                model.Text(4, text);
                break;
            case "graph":
                graph.Text(10, text);
                break;
            case "node":
                graph.Message(1, OnnxModel.Node("Gemm").Text(6, text));
                break;
            case "attribute":
                graph.Message(1, OnnxModel.Node("Gemm").Message(5, new ProtobufMessage().Text(1, "note").Text(4, text)));
                break;
            case "initializer":
                graph.Message(5, OnnxModel.Tensor(text));
                break;
        }

        ModelSecret secret = Assert.Single(MadeFile.Read(model.Message(7, graph).Bytes)!.Secrets);

        Assert.Equal(new ModelSecret(shown, "a secret (Hugging Face user token, hf_…)", Severity.Error), secret);
    }

    [Fact]
    public void SecretByItsName_IsFound() =>
        Assert.Equal("metadata_props 'mlflow_password'", Assert.Single(MadeFile.Read(OnnxModel.Model().Entry(14, "mlflow_password", Made.Password).Message(7, OnnxModel.Graph()).Bytes)!.Secrets).Place);

    [Fact]
    public void UsualMetadata_HoldsNoSecret() => Assert.Empty(MadeFile.Read(
        OnnxModel.Model().Entry(14, "names", "{0: 'person', 1: 'token'}").Entry(14, "license", "https://ultralytics.com/license").Entry(14, "api_token", "${HF_TOKEN}").Entry(14, "eos_token", "</s>").Message(7, OnnxModel.Graph()).Bytes)!.Secrets);

    [Fact]
    public void MessagesNestedWithoutEnd_AreBounded()
    {
        var message = new ProtobufMessage();
        for (int i = 0; i < 400; i++)
            message = new ProtobufMessage().Message(1, new ProtobufMessage().Message(5, new ProtobufMessage().Message(6, message)));

        Assert.Contains("nested", MadeFile.Read(OnnxModel.Model().Message(7, message).Bytes)!.Problem!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("appended text")]
    [InlineData("\0\0\0")]
    [InlineData("\0\0\0\0")]
    [InlineData("a")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")]
    public void BytesBehindTheModel_AreSaidToBeBehindIt(string appended)
    {
        byte[] bytes = [.. OnnxModel.Plain, .. Encoding.Latin1.GetBytes(appended)];

        ModelFile file = MadeFile.Read(bytes, "model.onnx")!;

        Assert.Equal("pytorch 2.1.0", file.Producer);
        Assert.Equal(new ModelProblem(OnnxModel.Plain.Length, "what follows is no field of an ONNX model") { IsBehindModel = true }, file.Problem);
    }

    [Fact]
    public void ModelThatIsCutAnywhere_IsNotSaidToBeTooLong()
    {
        byte[] bytes = OnnxModel.Model().Message(7, OnnxModel.Graph()).Message(8, new ProtobufMessage().Text(1, "com.acme").Number(2, 1)).Message(25, new ProtobufMessage().Text(1, "Rank")).Bytes;

        Assert.All(Enumerable.Range(8, bytes.Length - 8), length => Assert.NotEqual(true, MadeFile.Read(bytes[..length], "model.onnx")!.Problem?.IsBehindModel));
    }

    [Fact]
    public void LengthBeyondItsMessage_IsAProblem()
    {
        byte[] bytes = OnnxModel.Model().Message(7, new ProtobufMessage().Message(1, new ProtobufMessage().Announce(3, 1000))).Bytes;

        Assert.Contains("longer than the message", MadeFile.Read(bytes)!.Problem!.Reason, StringComparison.Ordinal);
    }
}
