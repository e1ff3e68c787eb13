using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Reports.Html;

namespace MlContainerBuild.Checks.Reports;

/// <summary>
/// Writes a publish as one HTML page: no script, no font, no request. It is well-formed XML too, which its tests rely on.
/// The content security policy names the one style sheet by its hash, so that nothing else in the page can act.
/// </summary>
public static class HtmlReportWriter
{
    private static readonly string StyleSheet = ReadStyleSheet();
    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(StyleSheet)));

    /// <summary>Writes the page as UTF-8.</summary>
    public static void Write(PublishReport report, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.Write(Page(report).ToString());
    }

    private static Markup Page(PublishReport report)
    {
        Verdict verdict = Verdict.Of(report);
        string project = Path.GetFileNameWithoutExtension(report.ProjectPath);
        Markup anatomy = AnatomySection.Render(report);
        Markup settings = SettingsSection.Render(report);
        Markup rules = RulesSection.Render(report);
        return Markup.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{Markup.Trusted(StyleHash)}'; base-uri 'none'; form-action 'none'" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta name="referrer" content="no-referrer" />
            <meta name="generator" content="MlContainerBuild {report.PackageVersion}" />
            <title>{verdict.Headline}: {project}</title>
            <style>{Markup.Trusted(StyleSheet)}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the findings</a>
            <header class="{verdict.Tone}"><div class="page">
            <p class="eyebrow">MlContainerBuild <span>publish report</span></p>
            <div class="verdict">{verdict.Icon}<div><h1>{verdict.Headline}</h1><p>{verdict.Explanation}</p></div></div>
            {Facts(report, project)}
            </div></header>
            <nav aria-label="Sections"><ul class="page">
            <li><a href="#findings">Findings</a></li>
            {Markup.If(!anatomy.IsEmpty, $"<li><a href=\"#anatomy\">Image anatomy</a></li>")}
            {Markup.If(!settings.IsEmpty, $"<li><a href=\"#settings\">Settings</a></li>")}
            {Markup.If(!rules.IsEmpty, $"<li><a href=\"#rules\">Rules and controls</a></li>")}
            </ul></nav>
            <main id="main" class="page">
            {Tiles(report)}
            {FindingsSection.Render(report)}
            {anatomy}
            {settings}
            {rules}
            </main>
            <footer><p class="page">Written by MlContainerBuild {report.PackageVersion}. {Sarif(report)}This page loads nothing and runs nothing.</p></footer>
            </body>
            </html>

            """);
    }

    private static Markup Facts(PublishReport report, string project)
    {
        string baseImage = report.BaseImage?.Reference ?? "";
        return Markup.Of($"""
            <dl class="facts">
            {Fact("Image", report.IsPublished ? Markup.Of($"{report.Images.Select(Image)}") : Destination(report), "wide")}
            {Fact("Base image", Markup.If(baseImage.Length > 0, $"<code>{baseImage}</code>{BaseRemark(report.BaseImage!)}"), "wide")}
            {Fact("Project", Markup.Of($"{project} <span class=\"aside\">{new ReportPaths(report).Shown(report.ProjectPath)}</span>"))}
            {Fact("Policy", Policy(report))}
            {Fact("Platforms", Markup.Of($"{string.Join(", ", report.Platforms.Select(platform => platform.RuntimeIdentifier))}"))}
            {Fact("Checked", Markup.If(report.Time is not null, $"{Time(report.Time.GetValueOrDefault())}"))}
            </dl>
            """);
    }

    private static Markup Fact(string name, Markup value, string width = "") =>
        Markup.If(!value.IsEmpty, $"<div class=\"fact {width}\"><dt>{name}</dt><dd>{value}</dd></div>");

    private static Markup Image(PublishedImage image) => Markup.Of($"""
        <code>{image.Destination}{(image.Digest is null ? "" : "@" + image.Digest)}</code>{Markup.If(image.Tags.Length > 0, $" <span class=\"aside\">{(image.Tags.Length == 1 ? "tag" : "tags")} {string.Join(", ", image.Tags)}</span>")}
        """);

    private static Markup Destination(PublishReport report) =>
        Markup.If(report.Destination is not null, $"<code>{report.Destination}</code> <span class=\"aside\">not published</span>");

    private static Markup BaseRemark(BaseImage image)
    {
        string verified = image.Digest is null ? "" : image.Reference.Contains(image.Digest, StringComparison.Ordinal) ? "verified" : $"verified as {image.Digest}";
        string age = image.Created is { } created ? string.Create(CultureInfo.InvariantCulture, $"made {created.UtcDateTime:yyyy-MM-dd}") : "";
        string remark = string.Join(", ", new[] { verified, age }.Where(part => part.Length > 0));
        return Markup.If(remark.Length > 0, $" <span class=\"aside\">{remark}</span>");
    }

    private static Markup Policy(PublishReport report) => report.Policy.Path is { } path
        ? Markup.Of($"<code>{new ReportPaths(report).Shown(path)}</code> {Markup.If(report.Policy.Digest is not null, $"{ShortDigest.Render(report.Policy.Digest!)}")}")
        : Markup.Of($"The default");

    private static Markup Time(DateTimeOffset time)
    {
        string shown = time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return Markup.Of($"<time datetime=\"{VerdictWriter.Timestamp(time)}\">{shown}</time>");
    }

    private static Markup Sarif(PublishReport report) =>
        Markup.If(report.SarifPath is not null, $"The same findings for tools: <code>{new ReportPaths(report).Shown(report.SarifPath!)}</code>. ");

    private static Markup Tiles(PublishReport report)
    {
        Finding[] reported = [.. report.Findings.Where(finding => finding.Severity != Severity.None)];
        Finding[] counting = [.. reported.Where(finding => finding.Suppression is null)];
        int clean = report.Rules.Count(rule => !counting.Any(finding => finding.Rule.Id == rule.Id));
        return Markup.Of($"""
            <h2 class="hidden">At a glance</h2>
            <ul class="tiles">
            {Tile(Severity.Error, "error")}
            {Tile(Severity.Warning, "warning")}
            {Tile(Severity.Info, "note")}
            <li class="muted"><b>{(long)(reported.Length - counting.Length)}</b> suppressed</li>
            {Markup.If(report.Rules.Length > 0, $"<li class=\"pass\"><b>{Icons.Passed}{(long)clean}</b> of {Amount.Of(report.Rules.Length, "rule")} without a finding</li>")}
            </ul>

            """);

        Markup Tile(Severity severity, string word)
        {
            int count = counting.Count(finding => finding.Severity == severity);
            return Markup.Of($"<li class=\"{(count == 0 ? "muted" : FindingsSection.ClassOf(severity))}\"><b>{Icons.Of(severity)}{(long)count}</b> {(count == 1 ? word : word + "s")}</li>");
        }
    }

    private static string ReadStyleSheet()
    {
        using Stream stream = typeof(HtmlReportWriter).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
