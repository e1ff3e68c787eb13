using System.Collections.Immutable;
using System.Globalization;
using System.Text;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports;

/// <summary>What a workflow of GitHub Actions takes from a publish: text to append to its files.</summary>
public static class GitHubActions
{
    // A step's summary may have 1 MiB; what does not fit is not shown at all.
    private const int MaxRows = 200;

    /// <summary>Markdown for the file named by <c>GITHUB_STEP_SUMMARY</c>.</summary>
    public static string ToStepSummary(PublishReport report)
    {
        var paths = new ReportPaths(report);
        var text = new StringBuilder();
        text.Append("### MlContainerBuild: ").AppendLine(Escape(paths.Shown(report.ProjectPath))).AppendLine();
        text.Append("**").Append(PublishSummary.Verdict(report)).Append("** Found: ").Append(PublishSummary.CountFindings(report)).AppendLine(".").AppendLine();
        foreach (PublishedImage image in report.Images)
        {
            string names = string.Join(", ", image.Tags.DefaultIfEmpty("").Select(tag => Escape(tag.Length == 0 ? image.Destination : $"{image.Destination}:{tag}")));
            text.Append("- ").Append(PublishSummary.Destination(image)).Append(": ").AppendLine(names);
            if (image.Digest is not null)
                text.Append("- Digest: ").AppendLine(Escape($"{image.Destination}@{image.Digest}"));
        }

        foreach (string subject in report.Checked)
            text.Append("- Checked: ").AppendLine(Escape(subject));

        AppendFindings(text.AppendLine(), report, paths);
        return text.ToString();
    }

    /// <summary>
    /// Lines for the file named by <c>GITHUB_OUTPUT</c>: <c>image</c>, without a tag as attestation actions want it, and
    /// <c>digest</c>. Empty when nothing with a digest was published, or what was must not be deployed. A later publish in the
    /// same step replaces both.
    /// </summary>
    public static string ToOutput(PublishReport report)
    {
        ImmutableArray<PublishedImage> images = [.. report.Images.Where(image => image.Digest is not null)];
        return images.IsEmpty || !report.IsHandedOver
            ? ""
            : Output("image", string.Join('\n', images.Select(image => image.Destination))) + Output("digest", string.Join('\n', images.Select(image => image.Digest)));
    }

    private static void AppendFindings(StringBuilder text, PublishReport report, ReportPaths paths)
    {
        Finding[] findings = [.. report.Findings.Where(finding => finding.Severity != Severity.None).OrderBy(finding => finding.Suppression is not null).ThenByDescending(finding => finding.Severity)];
        if (findings.Length == 0)
            return;

        text.AppendLine("| Severity | Rule | Where | What |").AppendLine("|---|---|---|---|");
        foreach (Finding finding in findings.Take(MaxRows))
        {
            string severity = finding.Suppression is null ? finding.Severity.ToString() : $"{finding.Severity} (suppressed)";
            text.Append(CultureInfo.InvariantCulture, $"| {severity} | [{finding.Rule.Id}]({finding.Rule.HelpUri}) | {Escape(Place(finding, paths, report))} | {Escape(finding.Text)} |").AppendLine();
        }

        if (findings.Length > MaxRows)
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{findings.Length - MaxRows} more are in the SARIF report.").AppendLine();
    }

    private static string Place(Finding finding, ReportPaths paths, PublishReport report)
    {
        SourceSpan span = finding.Span ?? new SourceSpan(report.ProjectPath);
        string path = paths.Shown(span.Path);
        return span.Line == 0 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}:{span.Line}");
    }

    private static string Output(string name, string value)
    {
        if (!value.AsSpan().ContainsAny('\r', '\n'))
            return $"{name}={value}\n";

        // The value ends at the delimiter, so it must not hold it.
        string delimiter = "MLCONTAINER";
        while (value.Contains(delimiter, StringComparison.Ordinal))
            delimiter += "_";

        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }

    // Values come from properties and code: none may become markup, a table cell of its own, or a mention.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in PublishSummary.OneLine(text))
        {
            if (c is '&')
                escaped.Append("&amp;");
            else if (c is '<')
                escaped.Append("&lt;");
            else if (c is '@')
                escaped.Append("&#64;");
            else if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' or '!')
                escaped.Append('\\').Append(c);
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }
}
