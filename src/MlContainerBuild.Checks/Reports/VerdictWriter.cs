using System.Globalization;
using System.Text.Json;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Reports;

/// <summary>
/// Writes the verdict of a publish as an in-toto Statement v1 about the published digests, and its predicate alone for
/// <c>cosign attest --predicate</c> and GitHub's attest action, which make the statement themselves. The names are a promise,
/// see docs/reports.md.
/// </summary>
public static class VerdictWriter
{
    /// <summary>The page that describes the predicate.</summary>
    public const string PredicateType = "https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/attestations/verdict-v1.md";

    private const string Verifier = "https://github.com/mlcontainerbuild/mlcontainerbuild";

    /// <param name="image">One with a digest.</param>
    public static void WriteStatement(PublishReport report, PublishedImage image, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("_type", "https://in-toto.io/Statement/v1");
        json.WriteStartArray("subject");
        WriteSubject(json, SecretMask.Redact(image.Destination), image.Digest!, platform: null);

        // What a node pulls is the manifest of its platform, so that must be found too.
        foreach (PlatformImage platform in report.Platforms)
        {
            if (platform.Digest is { } digest && digest != image.Digest)
                WriteSubject(json, name: null, digest, platform.Platform ?? platform.RuntimeIdentifier);
        }

        json.WriteEndArray();
        json.WriteString("predicateType", PredicateType);
        json.WritePropertyName("predicate");
        WritePredicate(report, json);
        json.WriteEndObject();
    }

    public static void WritePredicate(PublishReport report, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        WritePredicate(report, json);
    }

    internal static string VerdictOf(PublishReport report) => report.HasPassed ? "passed" : "failed";

    /// <summary>RFC 3339 in UTC, whole seconds.</summary>
    internal static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WritePredicate(PublishReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("verifier");
        json.WriteString("id", Verifier);
        json.WriteString("version", report.PackageVersion);
        json.WriteEndObject();
        json.WriteString("timeVerified", report.Time is { } time ? Timestamp(time) : null);
        json.WriteString("verdict", VerdictOf(report));
        json.WriteString("mode", report.IsAudit ? "audit" : "enforce");
        json.WriteString("failOn", NameOf(report.FailOn));
        WritePolicy(json, report);
        WriteBase(json, report);
        WriteRules(json, report);
        WriteFindings(json, report);
        WriteExceptions(json, report);
        json.WriteEndObject();
    }

    private static void WritePolicy(Utf8JsonWriter json, PublishReport report)
    {
        if (report.Policy.Path is not { } path)
        {
            json.WriteNull("policy");
            return;
        }

        json.WriteStartObject("policy");
        json.WriteString("path", SecretMask.Redact(new ReportPaths(report).Shown(path)));
        if (report.Policy.Digest is { } digest)
            WriteDigest(json, digest);

        json.WriteEndObject();
    }

    private static void WriteBase(Utf8JsonWriter json, PublishReport report)
    {
        json.WriteStartArray("base");
        if (report.BaseImage is { Digest: { } index } image)
            WriteSubject(json, SecretMask.Redact(image.Reference), index, platform: null);

        foreach (PlatformImage platform in report.Platforms)
        {
            if (platform.BaseDigest is { } digest && digest != report.BaseImage?.Digest)
                WriteSubject(json, name: null, digest, platform.Platform ?? platform.RuntimeIdentifier);
        }

        json.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter json, PublishReport report)
    {
        json.WriteStartArray("rules");
        foreach (string id in report.Rules.Select(rule => rule.Id).Distinct().Order(StringComparer.Ordinal))
            json.WriteStringValue(id);

        json.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter json, PublishReport report)
    {
        Finding[] counting = [.. report.Findings.Where(finding => finding.Suppression is null && finding.Severity != Severity.None)];
        json.WriteStartObject("findings");
        foreach (Severity severity in (ReadOnlySpan<Severity>)[Severity.Error, Severity.Warning, Severity.Info])
            json.WriteNumber(NameOf(severity), counting.Count(finding => finding.Severity == severity));

        json.WriteNumber("failing", report.FailureCount);
        json.WriteNumber("suppressed", report.Findings.Count(finding => finding.Suppression is not null && finding.Severity != Severity.None));
        json.WriteStartObject("byRule");
        foreach (IGrouping<string, Finding> rule in counting.GroupBy(finding => finding.Rule.Id).OrderBy(rule => rule.Key, StringComparer.Ordinal))
            json.WriteNumber(rule.Key, rule.Count());

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteExceptions(Utf8JsonWriter json, PublishReport report)
    {
        json.WriteStartArray("exceptions");
        var used = report.Findings
            .Where(finding => finding.Suppression is not null && finding.Severity != Severity.None)
            .GroupBy(finding => (finding.Rule.Id, finding.Suppression!))
            .OrderBy(exception => exception.Key.Id, StringComparer.Ordinal);
        foreach (var exception in used)
        {
            (string rule, Suppression suppression) = exception.Key;
            json.WriteStartObject();
            json.WriteString("rule", rule);
            json.WriteString("kind", suppression.Kind == SuppressionKind.External ? "policy" : "source");
            json.WriteString("reason", SecretMask.Redact(suppression.Justification));
            json.WriteString("expires", suppression.Expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteNumber("findings", exception.Count());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSubject(Utf8JsonWriter json, string? name, string digest, string? platform)
    {
        json.WriteStartObject();
        if (name is not null)
            json.WriteString("name", name);

        WriteDigest(json, digest);
        if (platform is not null)
        {
            json.WriteStartObject("annotations");
            json.WriteString("platform", platform);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>A DigestSet: <c>{"sha256": "…"}</c>.</summary>
    private static void WriteDigest(Utf8JsonWriter json, string digest)
    {
        int colon = digest.IndexOf(':', StringComparison.Ordinal);
        json.WriteStartObject("digest");
        json.WriteString(colon < 0 ? "sha256" : digest[..colon], digest[(colon + 1)..]);
        json.WriteEndObject();
    }

    private static string NameOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Info => "info",
        _ => "none",
    };
}
