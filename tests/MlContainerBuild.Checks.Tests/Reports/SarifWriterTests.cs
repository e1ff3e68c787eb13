using System.Text.Json;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports;

public sealed class SarifWriterTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("sarif-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void EmptyReport_NamesTheRulesThatRan()
    {
        JsonElement run = WriteRun(MadeReport.Of());
        Assert.Empty(run.GetProperty("results").EnumerateArray());
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal(("MlContainerBuild", "0.1.0"), (driver.GetProperty("name").GetString(), driver.GetProperty("version").GetString()));
        Assert.Equal(["MLC3001", "MLC3010", "MLC3043"], driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        JsonElement rule = driver.GetProperty("rules")[0];
        Assert.Equal("https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/rules/MLC3001.md", rule.GetProperty("helpUri").GetString());
        Assert.Equal(("Base image is not pinned to a digest", "error"), (Text(rule, "shortDescription"), rule.GetProperty("defaultConfiguration").GetProperty("level").GetString()));
    }

    [Fact]
    public void Findings_BecomeResults()
    {
        JsonElement run = WriteRun(MadeReport.Of(MadeReport.Root(), MadeReport.Floating(), MadeReport.CSharp() with { Severity = Severity.Error, RuntimeIdentifier = "linux-arm64" }));

        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(
            [("MLC3010", "error", "The image runs as root. Set it."), ("MLC3043", "note", "The tag floats."), ("MLC2001", "error", "The options are built but never applied.")],
            results.Select(result => (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString(), Text(result, "message"))));
        Assert.Equal("src/My%20Api/Api.csproj 7,20-7,24", Location(results[0]));
        Assert.Equal("src/My%20Api/Api.csproj", Location(results[1]));
        Assert.Equal("src/My%20Api/Program.cs 4,7-4,11", Location(results[2]));
        Assert.Equal("linux-arm64", results[2].GetProperty("properties").GetProperty("runtimeIdentifier").GetString());
        Assert.Equal("file:///repo/", run.GetProperty("originalUriBaseIds").GetProperty("%SRCROOT%").GetProperty("uri").GetString());
    }

    [Fact]
    public void SwitchedOffFinding_IsLeftOut() => Assert.Empty(WriteRun(MadeReport.Of(MadeReport.Root() with { Severity = Severity.None })).GetProperty("results").EnumerateArray());

    [Fact]
    public void Suppressions_AreCarried()
    {
        JsonElement run = WriteRun(MadeReport.Of(
            MadeReport.Root() with { Suppression = new Suppression(SuppressionKind.External, "local only, PLAT-812") },
            MadeReport.CSharp() with { Suppression = new Suppression(SuppressionKind.InSource, "") },
            MadeReport.Floating()));
        Assert.Equal(
            ["""[{"kind":"external","status":"accepted","justification":"local only, PLAT-812"}]""", """[{"kind":"inSource","status":"accepted"}]""", "[]"],
            run.GetProperty("results").EnumerateArray().Select(result => JsonSerializer.Serialize(result.GetProperty("suppressions"))));
    }

    [Fact]
    public void EachProject_HasACategoryOfItsOwn()
    {
        Assert.Equal("mlcontainer/src/My Api/Api.csproj/", WriteRun(MadeReport.Of()).GetProperty("automationDetails").GetProperty("id").GetString());
        Assert.Equal("mlcontainer/Api.csproj/", WriteRun(MadeReport.Of() with { RepositoryRoot = null }).GetProperty("automationDetails").GetProperty("id").GetString());
    }

    [Fact]
    public void FileOutsideTheRepository_IsAbsolute()
    {
        Finding finding = MadeReport.Root() with { Span = new SourceSpan("/opt/shared/ü #1%/Directory.Build.props", 3) };
        Assert.Equal("file:///opt/shared/%C3%BC%20%231%25/Directory.Build.props 3", Location(WriteRun(MadeReport.Of(finding)).GetProperty("results")[0]));
        Assert.False(WriteRun(MadeReport.Of(finding) with { RepositoryRoot = null }).TryGetProperty("originalUriBaseIds", out _));
        Finding neighbour = MadeReport.Root() with { Span = new SourceSpan("/repository/Api.csproj") };
        Assert.Equal("file:///repository/Api.csproj", Location(WriteRun(MadeReport.Of(neighbour)).GetProperty("results")[0]));
    }

    [Fact]
    public void CheckWithoutItsConfirmation_IsNoSuccessfulExecution()
    {
        JsonElement invocation = WriteRun(MadeReport.Of() with { IsPending = true }).GetProperty("invocations")[0];

        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Contains("has not been compared", invocation.GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MissingEvidence_IsNoSuccessfulExecution()
    {
        var distrust = new Finding(RuleCatalog.Get("MLC9005"), "The C# was not analysed.", "", ValueSource.Sdk.Instance);
        Assert.False(WriteRun(MadeReport.Of(distrust)).GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void Fingerprints_SurviveMovedLines_AndTellAlikeFindingsApart()
    {
        string[] before = Fingerprints(MadeReport.Of(MadeReport.Root(7), MadeReport.CSharp(4), MadeReport.CSharp(9), MadeReport.Floating()));
        string[] after = Fingerprints(MadeReport.Of(MadeReport.Root(70), MadeReport.CSharp(40), MadeReport.CSharp(90), MadeReport.Floating()));
        Assert.Equal(before, after);
        Assert.Equal(4, before.Distinct().Count());
        Assert.All(before, fingerprint => Assert.Matches("^[0-9a-f]{32}$", fingerprint));
    }

    [Fact]
    public void Fingerprints_TellPlatformsAndItemsApart()
    {
        Finding item = MadeReport.Root() with { Source = new ValueSource.Item("ContainerLabel", "a", "Value") };
        string[] fingerprints = Fingerprints(MadeReport.Of(
            MadeReport.Root(),
            MadeReport.Root() with { RuntimeIdentifier = "linux-x64" },
            item,
            item with { Source = new ValueSource.Item("ContainerLabel", "b", "Value") },
            MadeReport.Root() with { Source = new ValueSource.BaseImage("registry.example/base:1", "USER root") }));
        Assert.Equal(5, fingerprints.Distinct().Count());
    }

    [Fact]
    public void UnusualText_StaysValid()
    {
        string message = "quote \" backslash \\ tab \t line\n \u2028 nul \0 surrogate \uD83D end 😀.";
        Assert.Equal(
            message.Replace('\uD83D', '\uFFFD').Replace("\uFFFD\uDE00", "😀", StringComparison.Ordinal),
            Text(WriteRun(MadeReport.Of(MadeReport.Root() with { Message = message, Fix = "" })).GetProperty("results")[0], "message"));
    }

    [Fact]
    public void File_IsReplacedAtOnce_AndLeavesNothingElse()
    {
        string path = Path.Combine(directory, "mlcontainer", "report.sarif");
        SarifWriter.WriteFile(MadeReport.Of(), path);
        SarifWriter.WriteFile(MadeReport.Of(MadeReport.Root()), path);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        Assert.Equal(1, document.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void FileThatCannotBeWritten_LeavesNothing()
    {
        string path = Directory.CreateDirectory(Path.Combine(directory, "report.sarif")).FullName;
        Assert.ThrowsAny<SystemException>(() => SarifWriter.WriteFile(MadeReport.Of(), path));
        Assert.Empty(Directory.GetFiles(directory));
    }

    private static JsonElement WriteRun(PublishReport report)
    {
        using var stream = new MemoryStream();
        SarifWriter.Write(report, stream);
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        SarifRequirements.AssertMet(document.RootElement);
        return document.RootElement.GetProperty("runs")[0].Clone();
    }

    private static string[] Fingerprints(PublishReport report) =>
        [.. WriteRun(report).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("partialFingerprints").GetProperty("mlcontainerFinding/v1").GetString()!)];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetProperty("text").GetString();

    private static string Location(JsonElement result)
    {
        JsonElement location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        JsonElement artifact = location.GetProperty("artifactLocation");
        string uri = artifact.GetProperty("uri").GetString()!;
        Assert.Equal(!uri.StartsWith("file:", StringComparison.Ordinal), artifact.TryGetProperty("uriBaseId", out JsonElement uriBase) && uriBase.ValueEquals("%SRCROOT%"));
        if (!location.TryGetProperty("region", out JsonElement region))
            return uri;

        return $"{uri} {region.GetProperty("startLine")}" + (region.TryGetProperty("startColumn", out JsonElement column) ? $",{column}-{region.GetProperty("endLine")},{region.GetProperty("endColumn")}" : "");
    }
}
