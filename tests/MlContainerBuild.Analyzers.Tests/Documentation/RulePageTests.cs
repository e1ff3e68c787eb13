using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Tests.Verification;

namespace MlContainerBuild.Analyzers.Tests.Documentation;

/// <summary>A rule's page says what its code does: the pages are compared with the descriptors and their examples are run.</summary>
public sealed class RulePageTests
{
    public static TheoryData<string> Ids => AllRules.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void Title_IsTheDescriptors(string id) =>
        Assert.Equal($"# {id}: {AllRules.Get(id).Title.ToString(CultureInfo.InvariantCulture)}", RulePage.Read(id).Title);

    [Theory, MemberData(nameof(Ids))]
    public void Table_SaysSeverityMomentAndFix(string id)
    {
        RulePage page = RulePage.Read(id);
        string fix = AllRules.Fixers.Any(fixer => fixer.FixableDiagnosticIds.Contains(id)) ? "yes" : "no";

        Assert.StartsWith(AllRules.Get(id).DefaultSeverity.ToString(), page.Row("Severity"), StringComparison.Ordinal);
        Assert.Equal("compiler and editor", page.Row("Checked"));
        Assert.StartsWith(fix, page.Row("Code fix"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Page_HasTheSections(string id) =>
        Assert.Equal(
            ["## Noncompliant", "## Compliant", "## How to fix", "## When it is not a problem"],
            RulePage.Read(id).Headings);

    [Theory, MemberData(nameof(Ids))]
    public async Task NoncompliantExample_IsReportedByThisRuleAlone(string id)
    {
        IEnumerable<string> examples = RulePage.Read(id).Examples("Noncompliant");

        Assert.NotEmpty(examples);
        foreach (string example in examples)
        {
            ImmutableArray<Diagnostic> diagnostics = await AnalyzeAsync(example);
            Assert.NotEmpty(diagnostics);
            Assert.All(diagnostics, diagnostic => Assert.Equal(id, diagnostic.Id));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task CompliantExample_IsNotReported(string id)
    {
        IEnumerable<string> examples = RulePage.Read(id).Examples("Compliant");

        Assert.NotEmpty(examples);
        foreach (string example in examples)
            Assert.Empty(await AnalyzeAsync(example));
    }

    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string example)
    {
        Compilation compilation = TestProject.Compile(example);
        TestProject.AssertCompiles(compilation, "example");
        return TestProject.AnalyzeAsync(compilation, [.. AllRules.Analyzers]);
    }
}
