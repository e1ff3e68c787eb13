using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlContainerBuild.Analyzers.Tests.Verification;

/// <summary>
/// Runs one analyzer over one source. Method names and markup are those of Microsoft.CodeAnalysis.Testing, which can take
/// its place without a change at the call sites.
/// </summary>
internal static class CSharpVerifier<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>An expected diagnostic of the analyzer's only rule.</summary>
    public static DiagnosticResult Diagnostic() => new(new TAnalyzer().SupportedDiagnostics.Single());

    public static DiagnosticResult Diagnostic(string id) => new(new TAnalyzer().SupportedDiagnostics.Single(rule => rule.Id == id));

    /// <summary>Fails unless the source compiles and the analyzer reports what the markup and <paramref name="expected"/> say, and nothing else.</summary>
    public static async Task VerifyAnalyzerAsync(string source, params DiagnosticResult[] expected)
    {
        var markup = Markup.Parse(source);
        Compilation compilation = TestProject.Compile(markup.Source);
        TestProject.AssertCompiles(compilation, "test source");

        ImmutableArray<Diagnostic> actual = await TestProject.AnalyzeAsync(compilation, new TAnalyzer());
        AssertMatches(Resolve(markup, expected), actual, markup.Source);
    }

    private static List<DiagnosticResult> Resolve(Markup markup, DiagnosticResult[] expected) =>
    [
        .. markup.Diagnostics.Select(marked => (marked.Id is null ? Diagnostic() : Diagnostic(marked.Id)).At(marked.Span)),
        .. expected.Select(result => result.MarkupKey is { } key
            ? result.At(markup.Locations[key])
            : throw new ArgumentException("An expected result needs a place: WithLocation(0) and {|#0:…|} in the source.", nameof(expected))),
    ];

    private static void AssertMatches(List<DiagnosticResult> expected, ImmutableArray<Diagnostic> actual, string source)
    {
        List<DiagnosticResult> missing = [.. expected];
        var unexpected = new List<Diagnostic>();
        foreach (Diagnostic diagnostic in actual)
        {
            int match = missing.FindIndex(result => result.Matches(diagnostic));
            if (match < 0)
                unexpected.Add(diagnostic);
            else
                missing.RemoveAt(match);
        }

        if (missing.Count == 0 && unexpected.Count == 0)
            return;

        var report = new StringBuilder();
        foreach (DiagnosticResult result in missing)
            report.AppendLine(CultureInfo.InvariantCulture, $"missing:    {result.Rule.Id} {result.Severity} at '{source.AsSpan(result.Span!.Value.Start, result.Span.Value.Length)}' {result.Message}");

        foreach (Diagnostic diagnostic in unexpected)
            report.AppendLine(CultureInfo.InvariantCulture, $"unexpected: {diagnostic} [{diagnostic.Severity}] at '{diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}'");

        Assert.Fail($"{report}\n{source}");
    }
}
