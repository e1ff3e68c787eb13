using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.CodeCapableModelAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class CodeCapableModelTests
{
    private static string Method(string body) =>
        $$"""
        using Microsoft.ML;
        using Python.Runtime;
        using Tensorflow;
        using Tensorflow.Keras.Models;

        class Loader
        {
            async Task Load(HttpClient http, MLContext ml, Graph graph, ModelsApi models, string path)
            {
                {{body}}
                await Task.CompletedTask;
            }
        }
        """;

    [Theory]
    [InlineData("Py.Import([|\"pickle\"|]).InvokeMethod(\"loads\");")]
    [InlineData("Py.Import([|\"joblib\"|]);")]
    [InlineData("PythonEngine.Exec([|$\"import pickle; m = pickle.load(open('{path}', 'rb'))\"|]);")]
    [InlineData("PythonEngine.Exec([|\"m = torch.load('m.pt')\"|]);")]
    [InlineData("PythonEngine.Eval([|\"np.load('m.npy', allow_pickle=True)\"|]);")]
    public Task PickleThroughPython_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("await File.WriteAllBytesAsync(path, await http.GetByteArrayAsync(\"https://x\")); ml.Model.LoadTensorFlowModel([|path|]);")]
    [InlineData("ml.Model.LoadTensorFlowModel([|Path.Combine(Path.GetTempPath(), \"m.pb\")|]);")]
    [InlineData("graph.Import([|await http.GetByteArrayAsync(\"https://x\")|]);")]
    [InlineData("models.load_model([|\"/tmp/model\"|]);")]
    public Task GraphFromOutside_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("Py.Import(\"numpy\");")]
    [InlineData("PythonEngine.Exec(\"m = torch.load('m.pt', weights_only=True)\");")]
    [InlineData("PythonEngine.Exec(path);")]
    [InlineData("ml.Model.LoadTensorFlowModel(\"models/m.pb\");")]
    [InlineData("graph.Import(path);")]
    [InlineData("graph.Import(File.ReadAllBytes(path));")]
    [InlineData("models.load_model(path);")]
    public Task DataFormatOrLocalGraph_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));
}
