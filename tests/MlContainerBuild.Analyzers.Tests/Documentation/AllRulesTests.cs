using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Tests.Verification;
using MlContainerBuild.Checks.Compilations;

namespace MlContainerBuild.Analyzers.Tests.Documentation;

/// <summary>What holds for every analyzer and fixer, whatever its rule.</summary>
public sealed class AllRulesTests
{
    public static TheoryData<string> Ids => AllRules.Ids;

    [Fact]
    public void Ids_AreUnique() => Assert.Equal(AllRules.Rules.Count, AllRules.Rules.Select(rule => rule.Id).Distinct().Count());

    [Fact]
    public void Pages_AllBelongToARule() =>
        Assert.Equal(
            AllRules.Rules.Select(rule => rule.Id),
            Repository.RulePages().Select(page => Path.GetFileNameWithoutExtension(page))
                .Where(id => id.StartsWith("MLC1", StringComparison.Ordinal) || id.StartsWith("MLC2", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void TheGateKnowsEveryRuleAndTheSeverityItCarries()
    {
        Assert.Equal(AllRules.Rules.Select(rule => rule.Id), CSharpRules.Ids);
        Assert.Equal(PublishSeverity.PropertyName, CSharpRules.PublishSeverityProperty);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Rule_HasItsHelpLinkAndNeverFailsABuild(string id)
    {
        DiagnosticDescriptor rule = AllRules.Get(id);

        Assert.Equal($"https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/rules/{id}.md", rule.HelpLinkUri);
        Assert.True(rule.IsEnabledByDefault);
        Assert.NotEqual(DiagnosticSeverity.Error, rule.DefaultSeverity);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Rule_HasAReleaseRow(string id)
    {
        DiagnosticDescriptor rule = AllRules.Get(id);
        string releases = Repository.Read("src", "MlContainerBuild.Analyzers", "AnalyzerReleases.Shipped.md")
            + Repository.Read("src", "MlContainerBuild.Analyzers", "AnalyzerReleases.Unshipped.md");

        Assert.Contains($"{id} | {rule.Category} | {rule.DefaultSeverity} | ", releases, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryAnalyzer_HasTestsThatTriggerAndThatDoNot() =>
        Assert.All(AllRules.Analyzers, analyzer =>
        {
            IReadOnlyList<string> tests = TestNames(analyzer.GetType().Name, "Analyzer");
            Assert.Contains(tests, name => name.EndsWith("_Triggers", StringComparison.Ordinal));
            Assert.Contains(tests, name => name.EndsWith("_DoesNotTrigger", StringComparison.Ordinal));
        });

    [Fact]
    public void EveryFixer_FixesAllAndIsTestedSo() =>
        Assert.All(AllRules.Fixers, fixer =>
        {
            Assert.NotNull(fixer.GetFixAllProvider());
            Assert.Contains(TestNames(fixer.GetType().Name, "Fixer"), name => name.StartsWith("FixAll", StringComparison.Ordinal));
        });

    [Fact]
    public void EveryFixer_FixesRulesOfOurs() =>
        Assert.All(AllRules.Fixers, fixer => Assert.All(fixer.FixableDiagnosticIds, id => Assert.Contains(id, AllRules.Rules.Select(rule => rule.Id))));

    [Theory, MemberData(nameof(Ids))]
    public async Task Finding_CarriesItsPublishSeverity(string id)
    {
        foreach (string example in RulePage.Read(id).Examples("Noncompliant"))
        {
            ImmutableArray<Diagnostic> diagnostics = await TestProject.AnalyzeAsync(TestProject.Compile(example), [.. AllRules.Analyzers]);
            Assert.All(diagnostics, diagnostic => Assert.Contains(diagnostic.Properties[PublishSeverity.PropertyName], (string[])["error", "warning", "info"]));
        }
    }

    /// <summary>Somebody is typing: whatever of a file is there, an analyzer neither throws nor becomes AD0001.</summary>
    [Theory, MemberData(nameof(Ids))]
    public async Task CodeThatDoesNotCompile_IsSurvived(string id)
    {
        foreach (string example in RulePage.Read(id).Examples("Noncompliant"))
        {
            for (int length = 0; length < example.Length; length += 17)
                await TestProject.AnalyzeAsync(TestProject.Compile(example[..length]), [.. AllRules.Analyzers]);

            await TestProject.AnalyzeAsync(TestProject.CompileWithoutLibraries(example), [.. AllRules.Analyzers]);
        }
    }

    private static List<string> TestNames(string type, string suffix)
    {
        string testClass = type[..^suffix.Length] + "Tests";
        Type? tests = Assembly.GetExecutingAssembly().GetTypes().SingleOrDefault(candidate => candidate.Name == testClass);
        Assert.True(tests is not null, $"{type} has no {testClass}.");
        return [.. tests.GetMethods().Select(method => method.Name)];
    }
}
