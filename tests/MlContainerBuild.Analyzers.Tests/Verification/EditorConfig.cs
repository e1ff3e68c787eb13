using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlContainerBuild.Analyzers.Tests.Verification;

/// <summary>An .editorconfig that holds for every file of a test.</summary>
internal static class EditorConfig
{
    public static AnalyzerOptions With(params (string Key, string Value)[] settings) =>
        new([], new Provider(new Options(settings.ToDictionary(setting => setting.Key, setting => setting.Value, AnalyzerConfigOptions.KeyComparer))));

    private sealed class Provider(Options options) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => options;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => options;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => options;
    }

    private sealed class Options(Dictionary<string, string> settings) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => settings.TryGetValue(key, out value);
    }
}
