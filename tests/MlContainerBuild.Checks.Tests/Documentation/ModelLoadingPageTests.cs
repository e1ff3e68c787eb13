using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using MlContainerBuild.Checks.Models.Loading;

namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>The C# of docs/model-loading.md is what a new project can have as its Program.cs.</summary>
public sealed class ModelLoadingPageTests
{
    private const string OnnxRuntime = """
        namespace Microsoft.ML.OnnxRuntime { public sealed class InferenceSession : System.IDisposable { public InferenceSession(byte[] model) { } public void Dispose() { } } }
        """;

    [Fact]
    public void Snippet_CompilesAsAProgram()
    {
        string page = Repository.Read("docs", "model-loading.md");
        string snippet = page.Split("```csharp\n")[1].Split("```")[0];
        string loader = ModelLoaderSource.Create("IrisService", "IrisService.csproj", "1.2.3", [new DeclaredModel("models/iris.onnx", new string('a', 64))]);
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

        var compilation = CSharpCompilation.Create(
            "IrisService",
            new[] { snippet, loader, OnnxRuntime }.Select(source => CSharpSyntaxTree.ParseText(source)),
            assemblies.Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }
}
