using System.Globalization;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>What is wrong, by subject, the worst first; below it what somebody has decided to live with.</summary>
internal static class FindingsSection
{
    // A page is for reading. The SARIF report is complete.
    private const int MostShown = 100;

    public static Markup Render(PublishReport report)
    {
        Finding[] counting = [.. report.Findings.Where(finding => finding.Suppression is null && finding.Severity != Severity.None)];
        var groups = counting
            .GroupBy(finding => Subjects.Of(finding.Rule))
            .OrderByDescending(group => group.Max(finding => finding.Severity))
            .ThenBy(group => group.Key);
        return Markup.Of($"""
            <section id="findings" aria-labelledby="findings-title">
            <h2 id="findings-title">Findings</h2>
            {Markup.If(counting.Length == 0, $"<p class=\"empty\">Nothing was found.</p>")}
            {groups.Select(group => Group(report, group.Key, [.. group]))}
            {Suppressed(report)}
            </section>

            """);
    }

    private static Markup Group(PublishReport report, Subject subject, Finding[] findings)
    {
        var shown = findings
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)
            .ThenBy(finding => finding.Span?.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Span?.Line)
            .Take(MostShown);
        int hidden = Math.Max(0, findings.Length - MostShown);
        return Markup.Of($"""
            <h3>{subject.Title()} <span class="count">{Amount.Of(findings.Length, "finding")}</span></h3>
            <ul class="findings">
            {shown.Select(finding => Item(report, finding))}
            </ul>
            {Markup.If(hidden > 0, $"<p class=\"more\">{Amount.Of(hidden, "finding")} more of this kind in the SARIF report.</p>")}

            """);
    }

    private static Markup Item(PublishReport report, Finding finding) => Markup.Of($"""
        <li><article class="finding {ClassOf(finding.Severity)}">
        <p class="meta"><span class="badge {ClassOf(finding.Severity)}">{Icons.Of(finding.Severity)}{NameOf(finding.Severity)}</span>
        {RuleLink(finding.Rule)}{Markup.If(finding.RuntimeIdentifier is not null, $" <span class=\"chip\">{finding.RuntimeIdentifier}</span>")}
        {Consequence(report, finding)}</p>
        <h4>{finding.Rule.Title}</h4>
        <p class="message">{FixText.Render(finding.Message)}</p>
        <p class="place">{Place(report, finding)}</p>
        {Markup.If(finding.Fix.Length > 0, $"<div class=\"fix\"><h5>Fix</h5><p>{FixText.Render(finding.Fix)}</p></div>")}
        </article></li>

        """);

    private static Markup Consequence(PublishReport report, Finding finding)
    {
        if (!finding.Fails(report.FailOn))
            return Markup.Empty;

        return Markup.Of($"<span class=\"consequence\">{(report.IsAudit ? "would stop the publish" : "stops the publish")}</span>");
    }

    private static Markup Place(PublishReport report, Finding finding) => finding.Span is { } span
        ? Markup.Of($"<span class=\"label\">Where</span> <code>{PathAndLine(report, span)}</code>")
        : Markup.Of($"<span class=\"label\">Set by</span> {Origin.Render(report, finding.Source)}");

    private static Markup Suppressed(PublishReport report)
    {
        Finding[] suppressed = [.. report.Findings.Where(finding => finding.Suppression is not null && finding.Severity != Severity.None).OrderBy(finding => finding.Rule.Id, StringComparer.Ordinal)];
        if (suppressed.Length == 0)
            return Markup.Empty;

        return Markup.Of($"""
            <details class="suppressed">
            <summary><h3>Suppressed <span class="count">{Amount.Of(suppressed.Length, "finding")}</span></h3></summary>
            <table class="stack">
            <thead><tr><th scope="col">Rule</th><th scope="col">Finding</th><th scope="col">Reason</th></tr></thead>
            <tbody>
            {suppressed.Take(MostShown).Select(finding => SuppressedRow(report, finding, finding.Suppression!))}
            </tbody>
            </table>
            {Markup.If(suppressed.Length > MostShown, $"<p class=\"more\">{Amount.Of(suppressed.Length - MostShown, "more", "more")} in the SARIF report.</p>")}
            </details>

            """);
    }

    private static Markup SuppressedRow(PublishReport report, Finding finding, Suppression suppression) => Markup.Of($"""
        <tr><th scope="row">{RuleLink(finding.Rule)}</th>
        <td>{FixText.Render(finding.Message)}{Markup.If(finding.Span is not null, $" <span class=\"where\"><code>{PathAndLine(report, finding.Span!)}</code></span>")}</td>
        <td>{(suppression.Justification.Length == 0 ? "No reason given." : suppression.Justification)} <span class="where">{Authority(suppression)}</span></td></tr>

        """);

    private static string Authority(Suppression suppression) => (suppression.Kind, suppression.Expires) switch
    {
        (SuppressionKind.InSource, _) => "Beside the code.",
        (_, { } expires) => string.Create(CultureInfo.InvariantCulture, $"In the policy, until {expires:yyyy-MM-dd}."),
        _ => "In the policy, without an end.",
    };

    private static string PathAndLine(PublishReport report, SourceSpan span)
    {
        string path = new ReportPaths(report).Shown(span.Path);
        return span.Line == 0 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}:{span.Line}:{span.Column}");
    }

    internal static Markup RuleLink(Rule rule) => Markup.Of($"<a class=\"rule\" href=\"{rule.HelpUri}\" rel=\"noreferrer\">{rule.Id}</a>");

    internal static string ClassOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    internal static string NameOf(Severity severity) => severity switch
    {
        Severity.Error => "Error",
        Severity.Warning => "Warning",
        _ => "Note",
    };
}
