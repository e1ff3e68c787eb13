using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Policies;

public sealed class FindingJudgeTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("judge-").FullName;
    private readonly string projectPath;

    public FindingJudgeTests()
    {
        projectPath = Path.Combine(root, "src", "Api", "Api.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(projectPath)!);
        File.WriteAllText(projectPath, "<Project />");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void WithoutPolicy_FindingsStayAsTheyAre()
    {
        var judge = new FindingJudge(Policy.Default, projectPath, TimeProvider.System);
        ImmutableArray<Finding> findings = [Found("MLC3010"), Found("MLC3043")];
        Assert.Equal(findings.AsEnumerable(), judge.Judge(findings));
        Assert.Empty(judge.ReviewExceptions(findings, Examined("MLC3010")));
    }

    [Theory]
    [InlineData("MLC3043: error", "MLC3043", Severity.Error)]
    [InlineData("MLC3010: info", "MLC3010", Severity.Info)]
    [InlineData("MLC3010: none", "MLC3010", Severity.None)]
    [InlineData("MLC3001: none", "MLC3010", Severity.Error)]
    [InlineData("MLC9009: error", "MLC9009", Severity.Error)]
    [InlineData("MLC9009: info", "MLC9009", Severity.Warning)] // this one was found as a warning, and evidence is never lowered
    public void Severity_IsThePolicys(string rule, string found, Severity expected)
    {
        Finding finding = Found(found) with { Severity = found == "MLC9009" ? Severity.Warning : RuleCatalog.Get(found).Severity };
        Assert.Equal(expected, Judge($"rules: {{ {rule} }}", finding).Single().Severity);
    }

    [Theory]
    [InlineData("path: src/Api/Api.csproj")]
    [InlineData("path: 'src/**'")]
    [InlineData("path: '**/*.csproj'")]
    [InlineData("expires: 2026-06-15")] // the day itself counts
    [InlineData("expires: 2027-01-01")]
    [InlineData("rule: MLC3010")]
    public void Exception_Silences(string line)
    {
        Finding finding = Judge(Exception(line), Found("MLC3010")).Single();
        Assert.Equal(new Suppression(SuppressionKind.External, "agreed, PLAT-812"), finding.Suppression! with { Expires = null });
        Assert.False(finding.Fails(Severity.Info));
    }

    [Theory]
    [InlineData("path: src/Other/Other.csproj")]
    [InlineData("path: Api.csproj")]
    [InlineData("path: src/api/Api.csproj")]
    [InlineData("rule: MLC3011")]
    public void ExceptionForSomethingElse_DoesNotSilence(string line) => Assert.Null(Judge(Exception(line), Found("MLC3010")).Single().Suppression);

    [Fact]
    public void ImageFinding_IsAtTheProjectFile_WhereverItsValueStands()
    {
        Finding finding = Found("MLC3010") with { Span = new SourceSpan(Path.Combine(root, "Directory.Build.props"), 3, 5) };
        Assert.NotNull(Judge(Exception("path: src/Api/Api.csproj"), finding).Single().Suppression);
        Assert.Null(Judge(Exception("path: Directory.Build.props"), finding).Single().Suppression);
    }

    [Fact]
    public void CodeFinding_IsAtItsFile()
    {
        Finding finding = FoundIn("MLC2001", Path.Combine(root, "src", "Api", "Program.cs"));
        Assert.NotNull(Judge(Exception("rule: MLC2001", "path: src/Api/*.cs"), finding).Single().Suppression);
        Assert.Null(Judge(Exception("rule: MLC2001", "path: src/Api/Api.csproj"), finding).Single().Suppression);
    }

    [Fact]
    public void FileOutsideThePolicysDirectory_IsMatchedByNoPattern()
    {
        Finding finding = FoundIn("MLC2001", "/elsewhere/Program.cs");
        Assert.Null(Judge(Exception("rule: MLC2001", "path: '**'"), finding).Single().Suppression);
        Assert.NotNull(Judge(Exception("rule: MLC2001"), finding).Single().Suppression);
    }

    [Fact]
    public void SuppressionInTheSource_Stays()
    {
        var inSource = new Suppression(SuppressionKind.InSource, "as designed");
        Assert.Equal(inSource, Judge(Exception("rule: MLC3010"), Found("MLC3010") with { Suppression = inSource }).Single().Suppression);
    }

    [Fact]
    public void ExpiredException_DoesNotSilence_AndIsReported()
    {
        ImmutableArray<Finding> judged = Judge(Exception("rule: MLC3010", "path: src/Api/Api.csproj", "expires: 2026-06-14"), Found("MLC3010"));
        AssertReported(
            judged,
            "MLC9002",
            Severity.Error,
            "The exception for MLC3010 at 'src/Api/Api.csproj' expired on 2026-06-14, so it no longer counts. Solve what it was for and remove it, or decide anew and give it a later date.");
    }

    [Theory]
    [InlineData("reason: ''")]
    [InlineData("reason: '  '")]
    public void ExceptionWithoutReason_DoesNotSilence_AndIsReported(string reason)
    {
        ImmutableArray<Finding> judged = Judge($"exceptions:\n  - rule: MLC3010\n    {reason}", Found("MLC3010"));
        AssertReported(
            judged,
            "MLC9003",
            Severity.Warning,
            "The exception for MLC3010 has no reason, so it does not count. Add 'reason:' with why the finding is acceptable and who decided it.");
    }

    [Fact]
    public void ReviewedSeverity_IsThePolicysToo()
    {
        ImmutableArray<Finding> judged = Judge("rules: { MLC9003: error }\nexceptions: [ { rule: MLC3010 } ]", Found("MLC3010"));
        Assert.Equal(Severity.Error, judged.Single(finding => finding.Rule.Id == "MLC9003").Severity);
    }

    [Fact]
    public void OtherExceptionForTheSame_StillSilences()
    {
        ImmutableArray<Finding> judged = Judge(
            "exceptions:\n  - { rule: MLC3010, reason: old, expires: 2020-01-01 }\n  - { rule: MLC3010, reason: new }", Found("MLC3010"));
        Assert.Equal("new", judged[0].Suppression?.Justification);
        Assert.Equal("MLC9002", judged[1].Rule.Id);
    }

    [Theory]
    [InlineData("path: src/Api/Api.csproj")]
    [InlineData("path: src/Api/Gone.csproj")] // below the project, and not there
    public void ExceptionThatSilencesNothing_IsReported(string path)
    {
        Assert.Equal(
            [$"MLC9003 Warning: The exception for MLC3010 at '{path[6..]}' silences nothing: the rule was checked there and found nothing. Remove it, or correct its path."],
            Review(Exception("rule: MLC3010", path), Examined("MLC3010")));
    }

    [Theory]
    [InlineData("path: src/Other/Other.csproj")] // another service
    [InlineData("path: 'src/**'")] // others, too
    [InlineData("rule: MLC3010")] // every project of the repository
    [InlineData("rule: MLC3045")] // a rule that has not run
    [InlineData("rule: MLC2001")] // a C# rule
    public void ExceptionThatMayBeForOthers_IsNotReported(string line) => Assert.Empty(Review(Exception(line), Examined("MLC3010")));

    [Theory]
    [InlineData("rule: MLC3010")]
    [InlineData("path: '*.csproj'")]
    public void PolicyBesideTheProject_IsForNoOthers(string line)
    {
        Assert.StartsWith("MLC9003", Review(Exception(line), Examined("MLC3010"), Path.GetDirectoryName(projectPath)!).Single(), StringComparison.Ordinal);
        Assert.Empty(Review(Exception("path: 'deploy/**'"), Examined("MLC3010"), Path.GetDirectoryName(projectPath)!));
    }

    [Fact]
    public void FileThatWasChecked_IsKnownToBeClean()
    {
        string shared = Path.Combine(root, "deploy", "compose.yaml");
        Examination examination = new(["MLC3010"], [shared]);
        Assert.StartsWith("MLC9003", Review(Exception("path: deploy/compose.yaml"), examination).Single(), StringComparison.Ordinal);
        Assert.Empty(Review(Exception("path: deploy/other.yaml"), examination));
    }

    [Fact]
    public void ExpiredExceptionThatSilencesNothing_IsReportedAsExpired()
    {
        Assert.StartsWith("MLC9002 Error", Review(Exception("path: src/Api/Api.csproj", "expires: 2026-06-14"), Examined("MLC3010")).Single(), StringComparison.Ordinal);
        Assert.Empty(Review(Exception("path: src/Other/Other.csproj", "expires: 2026-06-14"), Examined("MLC3010")));
    }

    [Fact]
    public void MissingReason_IsReportedWhoeverTheExceptionIsFor()
    {
        Assert.StartsWith("MLC9003", Review("exceptions: [ { rule: MLC3010, path: src/Other/Other.csproj } ]", Examined("MLC3010")).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void UsedException_IsNotReportedAgain()
    {
        FindingJudge judge = MakeJudge("exceptions: [ { rule: MLC3010, path: src/Api/Api.csproj, reason: x, expires: 2026-06-14 } ]", root);
        ImmutableArray<Finding> judged = judge.Judge([Found("MLC3010")]);
        Assert.Equal(["MLC3010", "MLC9002"], judged.Select(finding => finding.Rule.Id));
        Assert.Empty(judge.ReviewExceptions(judged, Examined("MLC3010")));
    }

    [Fact]
    public void ExceptionFromAnEvidenceRule_NeverCounts()
    {
        // The reader refuses it; a policy made otherwise cannot smuggle it in.
        var policy = new Policy { Path = Path.Combine(root, "mlcontainer.yaml"), Exceptions = [new PolicyException("MLC9005", null, "please", null, new SourceSpan("x"))] };
        Assert.Null(new FindingJudge(policy, projectPath, TimeProvider.System).Judge([Found("MLC9005")]).Single().Suppression);
    }

    private static string Exception(params string[] lines)
    {
        string rule = lines.FirstOrDefault(line => line.StartsWith("rule:", StringComparison.Ordinal)) ?? "rule: MLC3010";
        return $"exceptions:\n  - {rule}\n    reason: agreed, PLAT-812\n" + string.Concat(lines.Where(line => line != rule).Select(line => $"    {line}\n"));
    }

    private static void AssertReported(ImmutableArray<Finding> judged, string ruleId, Severity severity, string text)
    {
        Assert.Equal(2, judged.Length);
        Assert.Null(judged[0].Suppression);
        Assert.Equal((ruleId, severity, text, 3), (judged[1].Rule.Id, judged[1].Severity, judged[1].Text, judged[1].Span!.Line));
    }

    private static Examination Examined(params ImmutableHashSet<string> rules) => new(rules, []);

    private static Finding Found(string ruleId) => new(RuleCatalog.Get(ruleId), "Something is wrong.", "", new ValueSource.Property("ContainerUser"));

    private static Finding FoundIn(string ruleId, string path) =>
        new(new Rule(ruleId, "Title", Severity.Warning), "Something is wrong.", "", new ValueSource.File(new SourceSpan(path, 1, 1)));

    private ImmutableArray<Finding> Judge(string yaml, Finding finding) => MakeJudge(yaml, root).Judge([finding]);

    private IEnumerable<string> Review(string yaml, Examination examination, string? policyDirectory = null) =>
        MakeJudge(yaml, policyDirectory ?? root).ReviewExceptions([], examination).Select(finding => $"{finding.Rule.Id} {finding.Severity}: {finding.Text}");

    private FindingJudge MakeJudge(string yaml, string policyDirectory)
    {
        PolicyReadResult result = PolicyReader.Read(Path.Combine(policyDirectory, "mlcontainer.yaml"), "version: 1\n" + yaml);
        Assert.Empty(result.Findings);
        return new FindingJudge(result.Policy, projectPath, new FixedClock(new DateTimeOffset(2026, 6, 15, 23, 59, 0, TimeSpan.Zero)));
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
