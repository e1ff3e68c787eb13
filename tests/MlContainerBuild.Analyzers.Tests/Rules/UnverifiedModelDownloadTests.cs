using Microsoft.CodeAnalysis;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.UnverifiedModelDownloadAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class UnverifiedModelDownloadTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static string Method(string body) =>
        $$"""
        class Loader
        {
            const string Base = "https://huggingface.co/org/model";

            async Task Load(HttpClient http, string name)
            {
                {{body}}
                await Task.CompletedTask;
            }

            Task DownloadModelAsync(string url, string path) => Task.CompletedTask;
        }
        """;

    [Theory]
    [InlineData("await http.GetByteArrayAsync([|\"http://models.example/m.onnx\"|]);")]
    [InlineData("await http.GetStreamAsync([|new Uri(\"http://models.example/m.gguf?v=1\")|]);")]
    [InlineData("await http.GetAsync([|$\"http://models.example/{name}.safetensors\"|]);")]
    [InlineData("await DownloadModelAsync([|\"http://models.example/m.pt\"|], name);")]
    [InlineData("await http.GetAsync([|\"http://huggingface.co/org/model/resolve/main/model.zip\"|]);")]
    [InlineData("await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, [|\"http://models.example/m.onnx\"|]));")]
    public Task PlainHttp_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("await http.GetByteArrayAsync({|#0:\"https://huggingface.co/org/model/resolve/main/model.onnx\"|});")]
    [InlineData("await http.GetStreamAsync({|#0:Base + \"/resolve/main/pytorch_model.bin\"|});")]
    [InlineData("await DownloadModelAsync({|#0:$\"{Base}/resolve/main/{name}.gguf\"|}, name);")]
    [InlineData("await DownloadModelAsync({|#0:\"https://github.com/org/repo/releases/download/v1/yolo.onnx\"|}, name);")]
    public Task HttpsWithoutARevision_TriggersAsInfo(string body) =>
        Verify.VerifyAnalyzerAsync(
            Method(body),
            Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithArguments("without a digest or a pinned revision"));

    [Fact]
    public Task PlainHttpInsideACluster_TriggersAsInfo() =>
        Verify.VerifyAnalyzerAsync(
            Method("await http.GetAsync({|#0:\"http://minio:9000/models/m.onnx\"|});"),
            Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithArguments("over plain http"));

    [Theory]
    [InlineData("await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, \"http://models.example/m.onnx\"));")]
    [InlineData("await http.GetByteArrayAsync(\"https://huggingface.co/org/model/resolve/" + Commit + "/model.onnx\");")]
    [InlineData("await http.GetAsync(\"http://localhost:8000/m.onnx\");")]
    [InlineData("await http.GetAsync(\"https://models.example/data.zip\");")]
    [InlineData("await http.GetAsync(\"http://models.example/readme.txt\");")]
    [InlineData("await http.GetAsync(name);")]
    [InlineData("var uri = new Uri(\"http://models.example/m.onnx\");")]
    [InlineData("await DownloadModelAsync(name, \"m.onnx\");")]
    [InlineData("var b = await http.GetByteArrayAsync(\"http://models.example/m.onnx\"); var h = System.Security.Cryptography.SHA256.HashData(b);")]
    public Task PinnedVerifiedOrNoModel_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));
}
