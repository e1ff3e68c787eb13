using System.Text.Encodings.Web;
using System.Text.Json;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports;

/// <summary>Writes a publish as SARIF 2.1.0, in the form that code scanning of several projects in one repository accepts.</summary>
public static class SarifWriter
{
    // The file is no HTML: messages stay readable in it.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the report as UTF-8.</summary>
    public static void Write(PublishReport report, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        new SarifRunWriter(report, json).Write();
    }

    /// <summary>Writes the report to a file, which is replaced at once, never half. The directory is created.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void WriteFile(PublishReport report, string path) => ReportFile.Write(path, stream => Write(report, stream));
}

/// <summary>One writing of one report.</summary>
internal sealed class SarifRunWriter(PublishReport report, Utf8JsonWriter json)
{
    private const string SourceRoot = "%SRCROOT%";

    private readonly ReportPaths paths = new(report);
    private readonly FindingFingerprints fingerprints = new();
    private readonly List<Rule> rules =
        [.. report.Rules.Concat(report.Findings.Select(finding => finding.Rule)).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public void Write()
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool();
        WriteInvocation();

        // One category a project: a second run with the same tool and category replaces the first one's alerts.
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"mlcontainer/{paths.Shown(report.ProjectPath)}/");
        json.WriteEndObject();
        WriteSourceRoot();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (Finding finding in report.Findings)
        {
            if (finding.Severity != Severity.None)
                WriteResult(finding);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTool()
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "MlContainerBuild");
        json.WriteString("version", report.PackageVersion);
        json.WriteString("informationUri", "https://github.com/mlcontainerbuild/mlcontainerbuild");
        json.WriteStartArray("rules");
        foreach (Rule rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            WriteText("shortDescription", rule.Title);
            WriteText("fullDescription", rule.Title + ".");
            WriteText("help", $"What {rule.Id} finds, why it matters and how to fix it: {rule.HelpUri}");
            json.WriteString("helpUri", rule.HelpUri.AbsoluteUri);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Whether the gate could look at everything, not whether it liked what it saw.
    private void WriteInvocation()
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", !report.IsPending && !report.Findings.Any(finding => finding is { Rule.IsAboutEvidence: true, Severity: Severity.Error }));
        if (report.IsPending)
        {
            json.WriteStartArray("toolExecutionNotifications");
            json.WriteStartObject();
            json.WriteString("level", "warning");
            WriteText("message", "The container was checked, and what was published has not been compared with it: the publish broke off, or still runs.");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteSourceRoot()
    {
        if (report.RepositoryRoot is null)
            return;

        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(SourceRoot);
        json.WriteString("uri", ReportPaths.ToUri(report.RepositoryRoot) + "/");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResult(Finding finding)
    {
        SourceSpan span = finding.Span ?? new SourceSpan(report.ProjectPath);
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", rules.FindIndex(rule => rule.Id == finding.Rule.Id));
        json.WriteString("level", Level(finding.Severity));
        WriteText("message", finding.Text);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteArtifact(span.Path);
        WriteRegion(span);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("mlcontainerFinding/v1", fingerprints.Next(finding, paths.Shown(span.Path)));
        json.WriteEndObject();
        WriteSuppressions(finding.Suppression);
        if (finding.RuntimeIdentifier is not null)
        {
            json.WriteStartObject("properties");
            json.WriteString("runtimeIdentifier", finding.RuntimeIdentifier);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteArtifact(string path)
    {
        json.WriteStartObject("artifactLocation");
        if (paths.RelativeToRepository(path) is { } relative)
        {
            json.WriteString("uri", ReportPaths.Escape(relative));
            json.WriteString("uriBaseId", SourceRoot);
        }
        else
        {
            json.WriteString("uri", ReportPaths.ToUri(path));
        }

        json.WriteEndObject();
    }

    private void WriteRegion(SourceSpan span)
    {
        if (span.Line <= 0)
            return;

        json.WriteStartObject("region");
        json.WriteNumber("startLine", span.Line);
        if (span.Column > 0)
            json.WriteNumber("startColumn", span.Column);

        if (span.EndLine >= span.Line)
        {
            json.WriteNumber("endLine", span.EndLine);
            if (span.EndColumn > 0)
                json.WriteNumber("endColumn", span.EndColumn);
        }

        json.WriteEndObject();
    }

    // Written even when empty: absent would mean that nobody has looked (§3.27.23).
    private void WriteSuppressions(Suppression? suppression)
    {
        json.WriteStartArray("suppressions");
        if (suppression is not null)
        {
            json.WriteStartObject();
            json.WriteString("kind", suppression.Kind == SuppressionKind.InSource ? "inSource" : "external");
            json.WriteString("status", "accepted");
            if (suppression.Justification.Length > 0)
                json.WriteString("justification", suppression.Justification);

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteText(string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Info => "note",
        _ => "none",
    };
}
