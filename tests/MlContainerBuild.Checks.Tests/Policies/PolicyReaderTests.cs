using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Policies;

public class PolicyReaderTests
{
    private const string PolicyPath = "/repo/mlcontainer.yaml";

    [Fact]
    public void EveryKey_IsRead()
    {
        PolicyReadResult result = PolicyReader.Read(PolicyPath, """
            version: 1
            profile: gpu-infra
            failOn: warning
            images:
              allowedRegistries: [mcr.microsoft.com, nvcr.io]
              maxBaseAgeDays: 30
            rules: { MLC3045: error, MLC3043: none }
            files: { include: [deploy/**], exclude: [deploy/legacy/**] }
            secrets: { allow: [tests/fixtures/**] }
            exceptions:
              - { rule: MLC3011, path: src/Api/Api.csproj, reason: "local only, PLAT-812", expires: 2027-01-31 }
              - rule: MLC2001
            """);

        Assert.Empty(result.Findings);
        Policy policy = result.Policy;
        Assert.Equal(PolicyPath, policy.Path);
        Assert.Equal(PolicyProfile.GpuInfrastructure, policy.Profile);
        Assert.Equal(Severity.Warning, policy.FailOn);
        Assert.Equal(["mcr.microsoft.com", "nvcr.io"], policy.AllowedRegistries.AsEnumerable());
        Assert.Equal(30, policy.MaxBaseAgeDays);
        Assert.Equal([("MLC3043", Severity.None), ("MLC3045", Severity.Error)], policy.RuleSeverities.OrderBy(rule => rule.Key).Select(rule => (rule.Key, rule.Value)));
        Assert.Equal(["deploy/**"], policy.IncludedFiles.Select(glob => glob.Pattern));
        Assert.Equal(["deploy/legacy/**"], policy.ExcludedFiles.Select(glob => glob.Pattern));
        Assert.Equal(["tests/fixtures/**"], policy.AllowedSecretFiles.Select(glob => glob.Pattern));
        Assert.Equal(2, policy.Exceptions.Length);
        Assert.Equal("src/Api/Api.csproj", policy.Exceptions[0].Path?.Pattern);
        Assert.Equal(("MLC3011", "local only, PLAT-812", new DateOnly(2027, 1, 31), 11), (policy.Exceptions[0].RuleId, policy.Exceptions[0].Reason, policy.Exceptions[0].Expires!.Value, policy.Exceptions[0].Span.Line));
        Assert.Equal(new PolicyException("MLC2001", null, "", null, new SourceSpan(PolicyPath, 12, 5)), policy.Exceptions[1]);
    }

    [Fact]
    public void VersionAlone_IsTheDefaultPolicy()
    {
        Assert.Equal(Policy.Default with { Path = PolicyPath }, PolicyReader.Read(PolicyPath, "version: 1\n").Policy);
    }

    [Theory]
    [InlineData("version: 1\nprofil: service", "(2,1)", "The policy has no key 'profil'. Did you mean 'profile'?")]
    [InlineData("version: 1\nallowedRegistries: []", "(2,1)", "The policy has no key 'allowedRegistries'. Valid keys are version, profile, failOn, images, rules, files, secrets, exceptions.")]
    [InlineData("version: 1\nimages:\n  maxBaseAge: 3", "(3,3)", "'images' has no key 'maxBaseAge'. Did you mean 'maxBaseAgeDays'?")]
    [InlineData("version: 1\nexceptions:\n  - rule: MLC3001\n    expire: 2027-01-01", "(4,5)", "An exception has no key 'expire'. Did you mean 'expires'?")]
    [InlineData("version: 1\nVERSION: 1", "(2,1)", "The policy has no key 'VERSION'. Did you mean 'version'?")]
    [InlineData("version: 1\n? [a]\n: b", "(2,3)", "A key here is a list. Write a word.")]
    public void UnknownKey_IsNamedWithTheNearest(string yaml, string position, string text) => AssertInvalid(yaml, position, text);

    [Theory]
    [InlineData("version: 1\nimages: {maxBaseAgeDays: '90'}", "(2,26)", "'maxBaseAgeDays' is '90', not a whole number. Write the number without quotes.")]
    [InlineData("version: 1\nimages: {maxBaseAgeDays: 0}", "(2,26)", "'maxBaseAgeDays' is '0'. Write a number of days from 1 to 36500.")]
    [InlineData("version: 1\nimages: [a]", "(2,9)", "'images' is a list, not a mapping. Write lines of 'key: value'.")]
    [InlineData("version: 1\nrules:", "(2,7)", "'rules' is nothing, not a mapping. Write its keys, or remove the line.")]
    [InlineData("version: 1\nexceptions:\n# - rule: MLC3001\n", "(2,12)", "'exceptions' is nothing, not a list. Write '[]', or remove the line.")]
    [InlineData("version: 1\nsecrets: {allow: a}", "(2,18)", "'allow' is a text, not a list. Begin each item with '- ', on a line of its own.")]
    [InlineData("version: 1\nexceptions: [{rule: MLC3001, reason: 812}]", "(2,38)", "'reason' is a number, not a text. Put it between quotes if it is meant as text.")]
    [InlineData("version: 1\nexceptions: [MLC3001]", "(2,14)", "An exception is a text, not a mapping. Write lines of 'key: value'.")]
    [InlineData("- version: 1", "(1,1)", "The policy is a list, not a mapping. Write lines of 'key: value'.")]
    public void WrongType_IsNamedWithWhatIsThere(string yaml, string position, string text) => AssertInvalid(yaml, position, text);

    [Theory]
    [InlineData("version: 2", "(1,10)", "Version '2' of the policy is not known to this package. Write 'version: 1', or update MlContainerBuild.")]
    [InlineData("failOn: error", "(1,1)", "The policy does not say its version. Begin it with 'version: 1'.")]
    [InlineData("version: 1\nfailOn: warn", "(2,9)", "'failOn' is 'warn'. Did you mean 'warning'?")]
    [InlineData("version: 1\nfailOn: fatal", "(2,9)", "'failOn' is 'fatal'. Write one of error, info, warning.")]
    [InlineData("version: 1\nfailOn: warnings", "(2,9)", "'failOn' is 'warnings'. Did you mean 'warning'?")]
    [InlineData("version: 1\nrules: {MLC3001: off}", "(2,18)", "The severity of MLC3001 is 'off'. Write one of error, info, none, warning.")]
    [InlineData("version: 1\nrules: {CA1822: none}", "(2,9)", "'CA1822' is not the id of a rule. Write an id such as MLC3001.")]
    [InlineData("version: 1\nrules: {mlc3001: none}", "(2,9)", "'mlc3001' is not the id of a rule. Did you mean 'MLC3001'?")]
    [InlineData("version: 1\nrules: {MLC9005: none}", "(2,18)", "MLC9005 tells that a check cannot be trusted; its severity can be raised, not lowered. Remove the entry, and solve what the rule reports.")]
    [InlineData("version: 1\nexceptions: [{reason: x}]", "(2,14)", "An exception does not say which rule it is for. Add 'rule:' with the id.")]
    [InlineData("version: 1\nexceptions: [{rule: MLC9005}]", "(2,21)", "MLC9005 tells that a check cannot be trusted; there is no exception from that. Remove the exception, and solve what the rule reports.")]
    [InlineData("version: 1\nexceptions: [{rule: MLC3001, expires: 2027-02-30}]", "(2,39)", "'2027-02-30' is not a date. Write the last day on which the exception counts as year-month-day, for example 2027-01-31.")]
    [InlineData("version: 1\nexceptions: [{rule: MLC3001, path: deploy/}]", "(2,36)", "The pattern 'deploy/' has an empty component; a pattern is relative and, for a whole directory, ends with '/**'.")]
    [InlineData("version: 1\nimages: {allowedRegistries: ['https://nvcr.io']}", "(2,30)", "'https://nvcr.io' is not the host of a registry. Write it in lower case, with its port if it has one ('registry.example:5000'), and without scheme, path or wildcard.")]
    [InlineData("version: 1\nimages: {allowedRegistries: [index.docker.io]}", "(2,30)", "'index.docker.io' is another name of Docker Hub. Write 'docker.io'.")]
    public void WrongValue_IsNamedWithTheRightOnes(string yaml, string position, string text) => AssertInvalid(yaml, position, text);

    [Theory]
    [InlineData("", "(1,1)", "The policy file is empty. Begin it with 'version: 1', or remove it.")]
    [InlineData("# version: 1\n", "(1,1)", "The policy file is empty. Begin it with 'version: 1', or remove it.")]
    [InlineData("version: 1\nversion: 1", "(2,1)", "The key 'version' stands here again; the first is on line 1. Keep one of them.")]
    [InlineData("version: 1\nrules: {MLC3001: none, MLC3001: error}", "(2,24)", "The key 'MLC3001' stands here again; the first is on line 2. Keep one of them.")]
    [InlineData("version: 1\n---\nversion: 1", "(2,1)", "The file holds more than one YAML document. Keep one, without '---' between.")]
    [InlineData("version: &v 1", "(1,10)", "An anchor or alias is not read here. Write the value itself.")]
    [InlineData("version: 1\nfailOn: *v", "(2,9)", "An anchor or alias is not read here. Write the value itself.")]
    [InlineData("version: !!int 1", "(1,10)", "A tag ('!…') is not read here. Write the value without it.")]
    [InlineData("version: 1\n<<: {failOn: info}", "(2,1)", "A merge key ('<<') is not read here. Write the entries themselves.")]
    [InlineData("version: 1\nrules:\n\tMLC3001: none", "(3,1)", "The line is indented with a tab. Indent with spaces.")]
    [InlineData("version: 1\n\0failOn: info", "(2,1)", "The file holds the control character U+0000. Remove it.")]
    [InlineData("version: 1\nfailOn: [error", "(3,1)", "The file is not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'.")]
    [InlineData("version: 1\nexceptions:\n  - rule: MLC3001\n - rule: MLC3010", "(4,2)", "The file is not valid YAML: while parsing a block mapping, did not find expected key.")]
    [InlineData("version: 1\nrules: {!![", "(2,8)", "The file is not valid YAML after this place.")]
    public void TextThatIsNoPlainYaml_IsRefusedAtItsPlace(string yaml, string position, string text) => AssertInvalid(yaml, position, text);

    [Fact]
    public void EverythingWrong_IsReportedAtOnce_InTheOrderOfTheFile()
    {
        PolicyReadResult result = PolicyReader.Read(PolicyPath, """
            profile: srvice
            rules: { MLC3001: off, MLC1: error }
            exceptions:
              - rule: MLC3001
                expires: tomorrow
              - because: of it
            """);

        Assert.Equal([(1, 1), (1, 10), (2, 19), (2, 24), (5, 14), (6, 5), (6, 5)], result.Findings.Select(finding => (finding.Span!.Line, finding.Span.Column)));
        Assert.All(result.Findings, finding => Assert.Equal((RuleCatalog.Get("MLC9001"), Severity.Error), (finding.Rule, finding.Severity)));
    }

    [Fact]
    public void ByteOrderMark_IsNoPartOfTheFirstKey() => Assert.Empty(PolicyReader.Read(PolicyPath, "\uFEFFversion: 1").Findings);

    [Fact]
    public void WindowsLineEnds_DoNotMovePositions() => AssertInvalid("version: 1\r\nfailOn: x\r\n", "(2,9)", "'failOn' is 'x'. Write one of error, info, warning.");

    [Fact]
    public void ControlCharactersInValues_DoNotReachTheMessage() =>
        AssertInvalid("version: 1\nfailOn: \"a\\n\\e[31mb\"", "(2,9)", "'failOn' is 'a\uFFFD\uFFFD[31mb'. Write one of error, info, warning.");

    [Fact]
    public void LongValue_IsCutInTheMessage() =>
        AssertInvalid($"version: 1\nfailOn: {new string('x', 5000)}", "(2,9)", $"'failOn' is '{new string('x', 60)}…'. Write one of error, info, warning.");

    [Fact]
    public void DeeplyNestedFile_IsRefused() =>
        AssertInvalid($"version: 1\nrules: {string.Concat(Enumerable.Repeat("[", 20_000))}", "(2,24)", "The value is nested more than 16 levels deep. A policy needs three.");

    [Fact]
    public void LargeFile_IsRefused() =>
        AssertInvalid("version: 1\n" + new string('#', 300_000), "(1,1)", "The file is larger than 256 KiB. Keep only the policy in it.");

    [Fact]
    public void FileOfAnotherKind_IsReportedInFewFindings()
    {
        string yaml = string.Concat(Enumerable.Range(0, 2000).Select(i => $"key{i}: x\n"));
        Assert.Equal(50, PolicyReader.Read(PolicyPath, yaml).Findings.Length);
    }

    [Fact]
    public void MutatedText_NeverThrows_AndReadsTheSameTwice()
    {
        var generator = new PolicyTextGenerator(seed: 7);
        for (int i = 0; i < 5000; i++)
        {
            string text = generator.Mutate(generator.NextDocument());
            PolicyReadResult first = PolicyReader.Read(PolicyPath, text);
            Assert.All(first.Findings, finding => Assert.DoesNotContain(finding.Text, char.IsControl));
            Assert.Equal(first.Findings.AsEnumerable(), PolicyReader.Read(PolicyPath, text).Findings);
        }
    }

    private static void AssertInvalid(string yaml, string position, string text)
    {
        ImmutableArray<Finding> findings = PolicyReader.Read(PolicyPath, yaml).Findings;
        Assert.Equal([$"{PolicyPath}{position}: MLC9001: {text}"], findings.Select(finding => $"{finding.Span}: {finding.Rule.Id}: {finding.Text}"));
    }
}
