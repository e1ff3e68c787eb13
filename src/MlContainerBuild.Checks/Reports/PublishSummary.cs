using System.Globalization;
using System.Text;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports;

/// <summary>What a person reads at the end of a publish.</summary>
public static class PublishSummary
{
    /// <summary>A few plain lines: what was checked, what was found, where the image went, where the report is.</summary>
    public static string ToText(PublishReport report)
    {
        var text = new StringBuilder();
        text.Append(Path.GetFileNameWithoutExtension(report.ProjectPath)).Append(": ").Append(Verdict(report));
        Line("Checked", string.Join("; ", report.Checked));
        Line("Found", CountFindings(report));
        foreach (PublishedImage image in report.Images)
        {
            Line(Destination(image), string.Join(", ", Names(image)));
            Line("Digest", image.Digest is null ? "" : $"{image.Destination}@{image.Digest}");
        }

        Line("Report", report.HtmlPath ?? "");
        return text.ToString();

        void Line(string name, string value)
        {
            if (value.Length > 0)
                text.AppendLine().Append("  ").Append(name).Append(": ").Append(OneLine(value));
        }
    }

    /// <summary>
    /// One line to append to the last error or warning: the Terminal Logger hides messages, so a summary that is only a
    /// message is never seen. Empty when nothing counts.
    /// </summary>
    public static string ToTrailer(PublishReport report)
    {
        string found = CountFindings(report);
        if (found == NothingFound)
            return "";

        string path = report.HtmlPath is null ? "" : $" Report: {OneLine(report.HtmlPath)}";
        return $"{Verdict(report)} Found: {found}.{path}";
    }

    /// <summary>Where the image went, what was found and where the report is, in one line.</summary>
    public static string ToLine(PublishReport report)
    {
        string images = string.Join(", ", report.Images.SelectMany(Names));
        return OneLine($"{images} ({Verdict(report)} Found: {CountFindings(report)}. Report: {report.HtmlPath})");
    }

    internal const string NothingFound = "nothing";

    /// <summary>One sentence.</summary>
    internal static string Verdict(PublishReport report)
    {
        int failures = report.FailureCount;
        string findings = Count(failures, "finding");
        if (report.IsAudit && report.Findings.Any(finding => finding.Fails(report.FailOn) && finding.Rule.FailsInAudit))
            return "The policy or a property cannot be read, which stops an audit, too; nothing has been pushed.";

        if (report.IsAudit && failures > 0)
            return $"Audit: {findings} would fail the publish.";

        if (failures == 0)
            return report.Images.IsEmpty ? "Nothing stands in the way of the publish." : "The publish has passed.";

        string stop = $"{findings} {(failures == 1 ? "stops" : "stop")} the publish";
        if (!report.Images.IsEmpty)
            return stop + ", after the image was published.";

        if (report.Platform is { } platform)
            return $"{stop} of {OneLine(platform)}; nothing of it has been pushed.";

        return report.IsBaseImageInspected
            ? stop + "; nothing has been pushed."
            : stop + "; nothing has been pushed. The base image has not been inspected yet: that happens once these are solved, and may find more.";
    }

    /// <summary><c>1 error, 2 warnings; 1 suppressed</c>.</summary>
    internal static string CountFindings(PublishReport report)
    {
        IEnumerable<string> counts = new[]
        {
            (Count: Of(Severity.Error), Word: "error"),
            (Count: Of(Severity.Warning), Word: "warning"),
            (Count: Of(Severity.Info), Word: "note"),
        }.Where(entry => entry.Count > 0).Select(entry => Count(entry.Count, entry.Word));
        string text = string.Join(", ", counts.DefaultIfEmpty(NothingFound));
        int suppressed = report.Findings.Count(finding => finding.Suppression is not null && finding.Severity != Severity.None);
        return suppressed == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}; {suppressed} suppressed");

        int Of(Severity severity) => report.Findings.Count(finding => finding.Suppression is null && finding.Severity == severity);
    }

    // A file is what it is, whatever tags the image in it has.
    private static IEnumerable<string> Names(PublishedImage image) =>
        image is { Kind: ImageDestination.Archive, Tags.Length: > 0 } ? [$"{image.Destination} ({string.Join(", ", image.Tags)})"] : image.Tags.DefaultIfEmpty().Select(tag => tag is null ? image.Destination : $"{image.Destination}:{tag}");

    internal static string Destination(PublishedImage image)
    {
        if (image.Digest is not null)
            return "Pushed to the registry";

        return Path.IsPathRooted(image.Destination) ? "Written to an archive, not pushed" : "Loaded into the local daemon, not pushed";
    }

    /// <summary>Values come from properties, and a line break in one must not look like a line of ours.</summary>
    internal static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;

    private static string Count(int count, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {word}{(count == 1 ? "" : "s")}");
}
