using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>What a build printed, and the findings in it.</summary>
internal sealed partial record BuildResult(int ExitCode, string Output, ImmutableArray<Diagnostic> Diagnostics)
{
    public static BuildResult Parse(CommandResult result) => new(
        result.ExitCode,
        result.Output,
        [.. DiagnosticLine().Matches(result.Output)
            .Select(match => new Diagnostic(
                match.Groups["severity"].Value,
                match.Groups["code"].Value,
                Path.GetFileName(match.Groups["file"].Value.Trim()),
                match.Groups["line"].Success ? int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture) : 0,
                match.Groups["text"].Value.Trim()))
            .Distinct()]);

    public bool Succeeded => ExitCode == 0;

    /// <summary>Codes of errors, each once, in order.</summary>
    public IEnumerable<string> Errors => Codes("error");

    public IEnumerable<string> Warnings => Codes("warning");

    public IEnumerable<string> Messages => Codes("message");

    /// <summary>The one diagnostic of a code; the first where a trailer repeats it.</summary>
    public Diagnostic Find(string code) =>
        Diagnostics.FirstOrDefault(diagnostic => diagnostic.Code == code) ?? throw new InvalidOperationException($"no {code} in:{Environment.NewLine}{Output}");

    private IEnumerable<string> Codes(string severity) =>
        Diagnostics.Where(diagnostic => diagnostic.Severity == severity).Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^(?<file>[^(:\r\n]*?)(\((?<line>\d+),\d+[^)]*\))?\s?: (?<severity>error|warning|message) (?<code>[A-Z]+\d+): (?<text>[^\r\n]*)", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex DiagnosticLine();
}

internal sealed record Diagnostic(string Severity, string Code, string File, int Line, string Text);
