using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>The publish in one line and one sentence.</summary>
/// <param name="Tone">The class that colours the head of the page: <c>pass</c>, <c>stop</c> or <c>caution</c>.</param>
/// <param name="Headline">Without a full stop.</param>
internal sealed record Verdict(string Tone, Markup Icon, string Headline, string Explanation)
{
    public static Verdict Of(PublishReport report)
    {
        int failing = report.FailureCount;
        string findings = Amount.Of(failing, "finding");
        return (failing > 0, report.IsAudit, report.IsPublished) switch
        {
            (true, false, false) => new("stop", Icons.Stopped, "Publish stopped", $"{findings} must be fixed first. Nothing has been published.{MoreToCome(report)}"),
            (true, false, true) => new("stop", Icons.Stopped, "Published image refused", $"The image has been published, and {findings} say{(failing == 1 ? "s" : "")} that it must not be used."),
            (true, true, false) => new("caution", Icons.Caution, "Audit: would be stopped", $"{findings} would stop this publish if the gate were enforced. Nothing has been published yet."),
            (true, true, true) => new("caution", Icons.Caution, "Audit: published all the same", $"{findings} would have stopped this publish if the gate were enforced."),
            (false, _, false) => new("pass", Icons.Passed, "Checks passed", $"{Rest(report)} Nothing has been published yet."),
            (false, _, true) => new("pass", Icons.Passed, "Checked and published", Rest(report)),
        };
    }

    private static string MoreToCome(PublishReport report) =>
        report.IsBaseImageInspected ? "" : " The base image is inspected once these are solved, and may bring more.";

    private static string Rest(PublishReport report)
    {
        int remaining = report.Findings.Count(finding => finding.Suppression is null && finding.Severity != Severity.None);
        return remaining == 0 ? "There are no findings." : $"{Amount.Of(remaining, "finding")} {(remaining == 1 ? "is" : "are")} left, none of which stops a publish.";
    }
}
