using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>Which rules have looked, what came of it, and of which published recommendations they give evidence.</summary>
internal static class RulesSection
{
    public static Markup Render(PublishReport report)
    {
        Rule[] rules =
        [
            .. report.Rules.Concat(report.Findings.Select(finding => finding.Rule))
                .DistinctBy(rule => rule.Id)
                .OrderBy(rule => rule.Id, StringComparer.Ordinal),
        ];
        if (rules.Length == 0)
            return Markup.Empty;

        ILookup<string, Finding> findings = report.Findings.ToLookup(finding => finding.Rule.Id);
        return Markup.Of($"""
            <section id="rules" aria-labelledby="rules-title">
            <h2 id="rules-title">Rules and controls</h2>
            <p class="lead">{Examined(report)}</p>
            <table class="stack rules">
            <thead><tr><th scope="col">Rule</th><th scope="col">Looks for</th><th scope="col">Result</th><th scope="col">CIS Docker</th><th scope="col">NIST 800-190</th></tr></thead>
            <tbody>
            {rules.Select(rule => Row(rule, [.. findings[rule.Id]]))}
            </tbody>
            </table>
            {Legend(rules)}
            </section>

            """);
    }

    private static string Examined(PublishReport report) =>
        report.Checked.IsEmpty ? "" : $"Checked: {string.Join("; ", report.Checked)}.";

    private static Markup Row(Rule rule, Finding[] findings) => Markup.Of($"""
        <tr><th scope="row">{FindingsSection.RuleLink(rule)}</th><td>{rule.Title}</td><td>{Result(findings)}</td>
        <td>{Ids(rule, ControlCatalog.CisDocker)}</td><td>{Ids(rule, ControlCatalog.Nist800190)}</td></tr>

        """);

    private static Markup Result(Finding[] findings)
    {
        Finding[] counting = [.. findings.Where(finding => finding.Suppression is null && finding.Severity != Severity.None)];
        int suppressed = findings.Count(finding => finding.Suppression is not null && finding.Severity != Severity.None);
        if (counting.Length == 0)
            return suppressed == 0 ? Markup.Of($"<span class=\"badge pass\">{Icons.Passed}No finding</span>") : Markup.Of($"<span class=\"badge muted\">{Amount.Of(suppressed, "suppressed", "suppressed")}</span>");

        Severity worst = counting.Max(finding => finding.Severity);
        return Markup.Of($"<span class=\"badge {FindingsSection.ClassOf(worst)}\">{Icons.Of(worst)}{Amount.Of(counting.Length, "finding")}</span>");
    }

    private static string Ids(Rule rule, ControlCatalog catalog)
    {
        string ids = string.Join(", ", RuleControls.For(rule.Id).Where(control => control.Catalog == catalog).Select(control => control.Id));
        return ids.Length == 0 ? "–" : ids;
    }

    private static Markup Legend(Rule[] rules)
    {
        Control[] controls = [.. rules.SelectMany(rule => RuleControls.For(rule.Id)).Distinct().OrderBy(control => control.Catalog).ThenBy(control => Version.Parse(control.Id))];
        if (controls.Length == 0)
            return Markup.Empty;

        return Markup.Of($"""
            <h3>The controls named above</h3>
            <p class="lead">A rule gives evidence for a control; it does not prove that the control is met.</p>
            <div class="columns">
            {controls.GroupBy(control => control.Catalog).Select(catalog => Markup.Of($"""
                <div><h4>{(catalog.Key == ControlCatalog.CisDocker ? "CIS Docker Benchmark 1.6.0" : "NIST SP 800-190, countermeasures")}</h4>
                <dl class="controls">{catalog.Select(control => Markup.Of($"<dt>{control.Id}</dt><dd>{control.Title}</dd>"))}</dl></div>

                """))}
            </div>

            """);
    }
}
