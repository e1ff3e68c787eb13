using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MlContainerBuild.Analyzers.Tests.Verification;

/// <summary>An expected diagnostic. What is not given (message, arguments) is not compared; id, place and severity always are.</summary>
internal sealed record DiagnosticResult(DiagnosticDescriptor Rule)
{
    public DiagnosticSeverity Severity { get; private init; } = Rule.DefaultSeverity;

    public string? Message { get; private init; }

    public int? MarkupKey { get; private init; }

    public TextSpan? Span { get; private init; }

    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    /// <param name="markupKey">The number of the place in the source: <c>{|#0:…|}</c>.</param>
    public DiagnosticResult WithLocation(int markupKey) => this with { MarkupKey = markupKey };

    public DiagnosticResult WithArguments(params object[] arguments) =>
        this with { Message = string.Format(CultureInfo.InvariantCulture, Rule.MessageFormat.ToString(CultureInfo.InvariantCulture), arguments) };

    internal DiagnosticResult At(TextSpan span) => this with { Span = span };

    internal bool Matches(Diagnostic actual) =>
        actual.Id == Rule.Id
        && actual.Severity == Severity
        && actual.Location.SourceSpan == Span
        && (Message is null || actual.GetMessage(CultureInfo.InvariantCulture) == Message);
}
