using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Reports;
using MlContainerBuild.Checks.Tests.Documentation;

namespace MlContainerBuild.Checks.Tests.Reports;

public sealed class VerdictWriterTests
{
    /// <summary>in-toto attestation framework, spec/v1: statement.md, resource_descriptor.md and field_types.md.</summary>
    [Fact]
    public void TheStatementHasWhatInTotoRequires()
    {
        JsonObject statement = Statement(SampleReports.Published);

        Assert.Equal(["_type", "subject", "predicateType", "predicate"], statement.Select(field => field.Key));
        Assert.Equal("https://in-toto.io/Statement/v1", (string?)statement["_type"]);
        Assert.NotEmpty(statement["subject"]!.AsArray());
        Assert.All(statement["subject"]!.AsArray().Concat(statement["predicate"]!["base"]!.AsArray()), descriptor =>
        {
            Assert.All(descriptor!.AsObject(), field => Assert.Contains(field.Key, (string[])["name", "digest", "annotations"]));
            Assert.All(descriptor["digest"]!.AsObject(), digest => Assert.Matches("^[0-9a-f]{64}$", (string?)digest.Value));
            Assert.Equal("sha256", Assert.Single(descriptor["digest"]!.AsObject()).Key);
        });
        string[] names = [.. statement["subject"]!.AsArray().Select(subject => (string?)subject!["name"]).OfType<string>()];
        Assert.Equal(names.Distinct(), names);
        var type = new Uri((string)statement["predicateType"]!, UriKind.Absolute);
        Assert.Equal(type.AbsoluteUri, (string?)statement["predicateType"]);
        Assert.Equal(JsonValueKind.Object, statement["predicate"]!.GetValueKind());
        Assert.Matches("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$", (string?)statement["predicate"]!["timeVerified"]);
    }

    [Fact]
    public void ThePredicateTypeIsAPageOfTheDocumentation()
    {
        const string prefix = "https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/";
        Assert.StartsWith(prefix, VerdictWriter.PredicateType, StringComparison.Ordinal);

        Assert.StartsWith("# Predicate type: MlContainerBuild verdict, version 1\n", Repository.Read(VerdictWriter.PredicateType[prefix.Length..].Split('/')), StringComparison.Ordinal);
    }

    [Fact]
    public void TheExampleOfTheDocumentationIsWhatIsWritten()
    {
        PublishReport report = SampleReports.Published with { Rules = [.. new[] { "MLC3001", "MLC3010", "MLC3020", "MLC3043", "MLC3045" }.Select(RuleCatalog.Get)] };

        AssertJson(Example("docs", "attestations", "verdict-v1.md"), Predicate(report));
    }

    [Fact]
    public void TheIndexAndEveryPlatformAreSubjects()
    {
        JsonArray subjects = Statement(SampleReports.Published)["subject"]!.AsArray();

        AssertJson(
            $$"""
            [
              { "name": "registry.example/shop/iris-api", "digest": { "sha256": "{{new string('a', 64)}}" } },
              { "digest": { "sha256": "{{new string('d', 64)}}" }, "annotations": { "platform": "linux/amd64" } },
              { "digest": { "sha256": "{{new string('e', 64)}}" }, "annotations": { "platform": "linux/arm64" } }
            ]
            """,
            subjects);
    }

    [Fact]
    public void OfOnePlatform_TheManifestIsTheOnlySubject()
    {
        PublishReport report = SampleReports.Published with { Platforms = [SampleReports.Published.Platforms[0] with { Digest = SampleReports.IndexDigest }] };

        Assert.Equal("registry.example/shop/iris-api", (string?)Assert.Single(Statement(report)["subject"]!.AsArray())!["name"]);
    }

    [Fact]
    public void ThePredicateStandsAloneToo() =>
        AssertJson(Statement(SampleReports.Published)["predicate"]!.ToJsonString(), Predicate(SampleReports.Published));

    [Fact]
    public void FindingsAreCountedBySeverityAndByRule()
    {
        JsonObject predicate = Predicate(SampleReports.Stopped with { FailOn = Severity.Warning });

        AssertJson(
            """
            {
              "error": 3, "warning": 3, "info": 1, "failing": 6, "suppressed": 0,
              "byRule": { "MLC2001": 1, "MLC3001": 1, "MLC3010": 1, "MLC3020": 1, "MLC3030": 1, "MLC3031": 1, "MLC9009": 1 }
            }
            """,
            predicate["findings"]);
        Assert.Equal("failed", (string?)predicate["verdict"]);
        Assert.Equal("warning", (string?)predicate["failOn"]);
    }

    [Fact]
    public void AnAuditDoesNotMakeAVerdictBetter()
    {
        JsonObject predicate = Predicate(SampleReports.Stopped with { IsAudit = true });

        Assert.Equal(("failed", "audit"), ((string?)predicate["verdict"], (string?)predicate["mode"]));
    }

    [Fact]
    public void UsedExceptionsAreNamedOnceWithTheirReason()
    {
        Finding finding = MadeReport.Root();
        PublishReport report = SampleReports.Clean with
        {
            Findings =
            [
                finding with { Suppression = new Suppression(SuppressionKind.External, "PLAT-1") { Expires = new DateOnly(2027, 1, 31) } },
                finding with { Suppression = new Suppression(SuppressionKind.External, "PLAT-1") { Expires = new DateOnly(2027, 1, 31) } },
                MadeReport.CSharp() with { Suppression = new Suppression(SuppressionKind.InSource, "measured") },
                MadeReport.Floating() with { Severity = Severity.None, Suppression = new Suppression(SuppressionKind.External, "off anyway") },
            ],
        };

        AssertJson(
            """
            [
              { "rule": "MLC2001", "kind": "source", "reason": "measured", "expires": null, "findings": 1 },
              { "rule": "MLC3010", "kind": "policy", "reason": "PLAT-1", "expires": "2027-01-31", "findings": 2 }
            ]
            """,
            Predicate(report)["exceptions"]);
    }

    [Fact]
    public void WhatIsNotKnownIsNull()
    {
        JsonObject predicate = Predicate(new PublishReport { ProjectPath = SampleReports.Project, PackageVersion = "0.1.0", Findings = [] });

        AssertJson(
            """
            {
              "verifier": { "id": "https://github.com/mlcontainerbuild/mlcontainerbuild", "version": "0.1.0" },
              "timeVerified": null, "verdict": "passed", "mode": "enforce", "failOn": "error", "policy": null, "base": [], "rules": [],
              "findings": { "error": 0, "warning": 0, "info": 0, "failing": 0, "suppressed": 0, "byRule": {} },
              "exceptions": []
            }
            """,
            predicate);
    }

    [Fact]
    public void TimeIsWrittenInUtcWhateverTheCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // A calendar and separators of its own.
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            Assert.Equal("2026-11-21T21:13:07Z", (string?)Predicate(SampleReports.Published)["timeVerified"]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ASecretInAReasonIsMasked()
    {
        string token = "hf_" + string.Concat(Enumerable.Range(0, 17).Select(i => $"{(char)('a' + i)}{(char)('Z' - i)}"));
        PublishReport report = SampleReports.Clean with { Findings = [MadeReport.Root() with { Suppression = new Suppression(SuppressionKind.External, "it is " + token) }] };

        Assert.Equal("it is hf_…", (string?)Predicate(report)["exceptions"]![0]!["reason"]);
    }

    internal static JsonObject Statement(PublishReport report) => Parse(stream => VerdictWriter.WriteStatement(report, report.Images[0], stream));

    internal static JsonObject Predicate(PublishReport report) => Parse(stream => VerdictWriter.WritePredicate(report, stream));

    /// <summary>The first block of JSON on a page.</summary>
    internal static string Example(params string[] page)
    {
        string text = Repository.Read(page);
        int start = text.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        return text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    internal static JsonObject Parse(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return JsonNode.Parse(stream.ToArray(), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!.AsObject();
    }

    internal static void AssertJson(string expected, JsonNode? actual) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(Indented), actual?.ToJsonString(Indented));

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
