using System.Text;
using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Compilations;
using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Tests.Compilations;

public class CompilationSarifTests
{
    private const string ProjectPath = "/src/Api/Api.csproj";

    [Fact]
    public void Result_BecomesFinding()
    {
        CompilationSarif sarif = Read(new ErrorLogBuilder().WithRule("CA1822", "note").WithRule("MLC2001").WithResult("CA1822", "note", null).WithResult("MLC2001", "warning", "warning"));

        Finding finding = Assert.Single(sarif.Findings);
        Assert.Equal(
            new Finding(new Rule("MLC2001", "Title of MLC2001", Severity.Warning), "Something is wrong.", "", new ValueSource.File(new SourceSpan("/src/Api/Program.cs", 4, 7, 4, 11))),
            finding);
        Assert.Equal(["MLC2001"], sarif.RuleIds);
        Assert.Empty(sarif.SilencedRuleIds);
    }

    [Theory]
    [InlineData(null, "warning", "error", Severity.Error)] // as descriptors are: a warning in the build
    [InlineData(null, "warning", "info", Severity.Info)] // the rule's own circumstances
    [InlineData("note", "note", "info", Severity.Info)]
    [InlineData("note", "note", "warning", Severity.Warning)]
    [InlineData(null, "note", "error", Severity.Info)] // lowered to suggestion by an .editorconfig
    [InlineData(null, "none", "error", Severity.None)]
    [InlineData(null, "error", "warning", Severity.Error)] // raised by an .editorconfig or WarningsAsErrors
    [InlineData("note", "warning", "info", Severity.Warning)]
    [InlineData(null, "warning", null, Severity.Warning)]
    [InlineData(null, "warning", "fatal", Severity.Warning)]
    public void PublishSeverity_StandsUnlessTheUserChangedTheLevel(string? defaultLevel, string level, string? carried, Severity expected)
    {
        Assert.Equal(expected, Read(new ErrorLogBuilder().WithRule("MLC1003", defaultLevel).WithResult("MLC1003", level, carried)).Findings.Single().Severity);
    }

    [Fact]
    public void SuppressedResult_KeepsItsReason()
    {
        CompilationSarif sarif = Read(ErrorLogBuilder.Clean()
            .WithResult("MLC2001", "warning", "warning", result => result["suppressions"] = JsonNode.Parse("""[{"kind":"inSource","justification":"known\nand accepted"}]"""))
            .WithResult("MLC2001", "warning", "warning", result => result["suppressions"] = JsonNode.Parse("""[{"kind":"inSource","properties":{"suppressionType":"Pragma Directive"}}]"""))
            .WithResult("MLC2001", "warning", "warning", result => result["suppressions"] = new JsonArray()));
        Assert.Equal(
            [new Suppression(SuppressionKind.InSource, "known and accepted"), new Suppression(SuppressionKind.InSource, ""), null],
            sarif.Findings.Select(finding => finding.Suppression));
    }

    [Fact]
    public void RuleSwitchedOff_IsSilenced()
    {
        CompilationSarif sarif = Read(new ErrorLogBuilder().WithRule("MLC1001", null, "inSource").WithRule("MLC1002", null, "external").WithRule("MLC2001", null, "inSource", "external").WithRule("CA1000", "note", "external"));
        Assert.Equal(["MLC1002", "MLC2001"], sarif.SilencedRuleIds.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("file:///src/My%20Api/%C3%9C.cs", "/src/My Api/Ü.cs")]
    [InlineData("Pages/In%20dex.razor", "/src/Api/Pages/In dex.razor")]
    [InlineData("https://example.com/a.cs", ProjectPath)]
    [InlineData("a%00b", ProjectPath)]
    public void Uri_BecomesPath(string uri, string path)
    {
        CompilationSarif sarif = Read(ErrorLogBuilder.Clean().WithResult("MLC2001", "warning", null, result => result["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"] = uri));
        Assert.Equal(path, sarif.Findings.Single().Span!.Path);
    }

    [Fact]
    public void ResultWithoutLocation_IsTheProjects()
    {
        CompilationSarif sarif = Read(ErrorLogBuilder.Clean().WithResult("MLC2001", "warning", null, result => result.Remove("locations")));
        Assert.Equal(new SourceSpan(ProjectPath), sarif.Findings.Single().Span);
    }

    [Fact]
    public void ByteOrderMark_IsPassedOver()
    {
        byte[] log = [0xEF, 0xBB, 0xBF, .. ErrorLogBuilder.Clean().ToBytes()];
        Assert.Null(CompilationSarif.Read(log, ProjectPath).Error);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  \r\n", "is empty")]
    [InlineData("<log/>", "is not valid JSON")]
    [InlineData("{\"version\":\"2.1.0\",\"runs\":[{", "is not valid JSON")]
    [InlineData("[]", "is not SARIF 2.1.0")]
    [InlineData("null", "is not SARIF 2.1.0")]
    [InlineData("{\"version\":\"2.1.0\"}", "is not SARIF 2.1.0")]
    [InlineData("{\"version\":\"2.2.0\",\"runs\":[]}", "is not SARIF 2.1.0")]
    [InlineData("{\"version\":2.1,\"runs\":[]}", "is not SARIF 2.1.0")]
    [InlineData("{\"version\":\"1.0.0\",\"runs\":[]}", "is SARIF 1.0, which does not tell which rules ran")]
    [InlineData("{\"version\":\"2.1.0\",\"runs\":[{\"results\":[{\"ruleId\":\"MLC2001\",\"message\":{\"text\":\"\\ud800\"}}]}]}", "is not valid JSON")]
    public void OtherText_IsAnError(string text, string error)
    {
        CompilationSarifReadResult result = CompilationSarif.Read(Encoding.UTF8.GetBytes(text), ProjectPath);
        Assert.Equal((null, error, text.Contains("1.0.0", StringComparison.Ordinal)), (result.Sarif, result.Error, result.IsVersion1));
    }

    [Theory]
    [InlineData("{\"version\":\"2.1.0\",\"runs\":[]}")]
    [InlineData("{\"version\":\"2.1.0\",\"runs\":[null,1,[],{}]}")]
    [InlineData("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":[],\"results\":{}}]}")]
    [InlineData("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"rules\":[null,{\"id\":5},{\"id\":\"X\"}]}},\"results\":[null,[],{\"ruleId\":null}]}]}")]
    public void UnusualShapes_HoldNothing(string text)
    {
        CompilationSarif sarif = CompilationSarif.Read(Encoding.UTF8.GetBytes(text), ProjectPath).Sarif!;
        Assert.Empty(sarif.Findings);
        Assert.Empty(sarif.RuleIds);
    }

    [Fact]
    public void DeepJson_IsAnError()
    {
        byte[] text = Encoding.UTF8.GetBytes("{\"version\":\"2.1.0\",\"runs\":" + new string('[', 100_000));
        Assert.Equal("is not valid JSON", CompilationSarif.Read(text, ProjectPath).Error);
    }

    [Fact]
    public void MutatedLog_NeverThrows()
    {
        byte[] log = ErrorLogBuilder.Clean()
            .WithRule("MLC1001", "note", "external", "inSource")
            .WithResult("MLC2001", "warning", "error", result => result["suppressions"] = JsonNode.Parse("""[{"kind":"inSource","justification":"known"}]"""))
            .ToBytes();
        byte[][] pieces = ["\\ud800"u8.ToArray(), "\\u0000"u8.ToArray(), "null"u8.ToArray(), "1e999"u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(), "\"\""u8.ToArray(), [0xFF], "%"u8.ToArray(), ":"u8.ToArray()];
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++)
        {
            var mutated = new List<byte>(log);
            for (int n = random.Next(1, 5); n > 0; n--)
            {
                int at = random.Next(mutated.Count);
                mutated.RemoveRange(at, Math.Min(random.Next(0, 8), mutated.Count - at));
                mutated.InsertRange(at, pieces[random.Next(pieces.Length)]);
            }

            CompilationSarifReadResult result = CompilationSarif.Read(mutated.ToArray(), ProjectPath);
            Assert.NotEqual(result.Sarif is null, result.Error is null);
        }
    }

    private static CompilationSarif Read(ErrorLogBuilder log)
    {
        CompilationSarifReadResult result = CompilationSarif.Read(log.ToBytes(), ProjectPath);
        Assert.Null(result.Error);
        return result.Sarif!;
    }
}
