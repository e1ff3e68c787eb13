using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Diagnostics.Telemetry;
using MlContainerBuild.Analyzers.Tests.Documentation;
using MlContainerBuild.Analyzers.Tests.Verification;

namespace MlContainerBuild.Analyzers.Tests.Operations;

/// <summary>What the rules about ML libraries and containers ask the compiler to call them for.</summary>
public sealed class WrittenFilesTests
{
    private const string Everyday =
        """
        public sealed class Store(HttpClient http)
        {
            private readonly Dictionary<string, string> settings = new() { ["region"] = "eu" };

            public async Task<int> CountAsync(Uri address)
            {
                settings["last"] = await http.GetStringAsync(address) ?? "none";
                return settings.TryGetValue("last", out string? text) ? new List<string>(text.Split(';')).Count : 0;
            }
        }
        """;

    [Theory]
    [MemberData(nameof(LibraryRules))]
    public async Task ProjectWithoutTheLibraries_IsNotVisited(string analyzer) =>
        Assert.Equal(0, await CountActionsAsync(analyzer, TestProject.CompileWithoutLibraries(Everyday)));

    [Theory]
    [InlineData("UnknownProviderNameAnalyzer", "options.AppendExecutionProvider(name);")]
    [InlineData("MissingMemoryLimitAnalyzer", "options.AppendExecutionProvider_CUDA(0);")]
    [InlineData("UselessMemoryLimitAnalyzer", """map["gpu_mem_limit"] = name;""")]
    [InlineData("AllGpusAnalyzer", """map["NVIDIA_VISIBLE_DEVICES"] = name;""")]
    [InlineData("ContainerCommandTextAnalyzer", "System.Diagnostics.Process.Start(name, name);")]
    public async Task ProjectThatUsesWhatTheRuleIsAbout_IsVisited(string analyzer, string statement)
    {
        string source = $$"""class C { void M(Microsoft.ML.OnnxRuntime.SessionOptions options, Dictionary<string, string> map, string name) { {{statement}} } }""";

        Assert.NotEqual(0, await CountActionsAsync(analyzer, TestProject.Compile(source)));
    }

    [Theory]
    [InlineData("UnknownProviderNameAnalyzer")]
    [InlineData("SilentCpuFallbackAnalyzer")]
    [InlineData("UselessMemoryLimitAnalyzer")]
    [InlineData("UntrustedTorchScriptAnalyzer")]
    [InlineData("HostNamespaceAnalyzer")]
    public async Task ProjectThatReferencesTheLibrariesOnly_IsNotVisited(string analyzer) =>
        Assert.Equal(0, await CountActionsAsync(analyzer, TestProject.Compile(Everyday)));

    public static TheoryData<string> LibraryRules =>
    [
        .. AllRules.Analyzers
            .Where(analyzer => analyzer.SupportedDiagnostics.All(rule => rule.Id.StartsWith("MLC2", StringComparison.Ordinal)))
            .Select(analyzer => analyzer.GetType().Name),
    ];

    private static async Task<int> CountActionsAsync(string analyzerName, Compilation compilation)
    {
        TestProject.AssertCompiles(compilation, "test source");
        DiagnosticAnalyzer analyzer = AllRules.Analyzers.Single(candidate => candidate.GetType().Name == analyzerName);
        AnalysisResult result = await compilation.WithAnalyzers([analyzer]).GetAnalysisResultAsync(CancellationToken.None);
        AnalyzerTelemetryInfo registered = result.AnalyzerTelemetryInfo[analyzer];
        return registered.OperationActionsCount + registered.OperationBlockActionsCount + registered.OperationBlockStartActionsCount
            + registered.SyntaxNodeActionsCount + registered.SyntaxTreeActionsCount + registered.SemanticModelActionsCount
            + registered.CodeBlockActionsCount + registered.CodeBlockStartActionsCount + registered.SymbolActionsCount + registered.SymbolStartActionsCount;
    }
}
