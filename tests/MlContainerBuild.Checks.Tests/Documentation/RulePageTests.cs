using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>A rule's page says what its code does: the pages are compared with the catalogue and their examples are run.</summary>
public sealed class RulePageTests
{
    // Ids of the catalogue that findings about an image's settings can have.
    private static readonly ImmutableArray<string> IdsWithExamples = [.. ContainerRules.RuleIds, "MLC9008"];

    public static TheoryData<string> Ids => [.. RuleCatalog.All.Select(rule => rule.Id)];

    public static TheoryData<string> IdsThatRun => [.. IdsWithExamples];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Heading_IsTheCataloguesTitle(string id) => Assert.Equal($"# {id}: {RuleCatalog.Get(id).Title}", RulePage.Read(id).Heading);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Table_SaysSeverityAndMoment(string id)
    {
        RulePage page = RulePage.Read(id);

        Assert.StartsWith(RuleCatalog.Get(id).Severity.ToString(), page.Row("Severity"), StringComparison.Ordinal);
        Assert.Contains("publish", page.Row("Checked"), StringComparison.Ordinal);
        Assert.Equal("no", page.Row("Code fix"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_HasTheSectionsAndAnExampleInBoth(string id)
    {
        RulePage page = RulePage.Read(id);

        Assert.Equal(["## Noncompliant", "## Compliant", "## How to fix", "## When it is not a problem"], page.Sections);
        Assert.NotEmpty(page.Examples("Noncompliant"));
        Assert.NotEmpty(page.Examples("Compliant"));
    }

    [Theory]
    [MemberData(nameof(IdsThatRun))]
    public void NoncompliantExample_IsReportedByThisRuleAlone(string id)
        => Assert.Equal([id], ExampleImage.Judge(RulePage.Read(id).Examples("Noncompliant")).Select(finding => finding.Rule.Id).Distinct());

    [Theory]
    [MemberData(nameof(IdsThatRun))]
    public void EachNoncompliantExample_IsReported(string id)
    {
        ImmutableArray<Example> examples = [.. RulePage.Read(id).Examples("Noncompliant")];
        ImmutableArray<Example> policies = [.. examples.Where(example => example.Language == "yaml")];

        Assert.All(examples.Except(policies), example => Assert.NotEmpty(ExampleImage.Judge([.. policies, example])));
    }

    [Theory]
    [MemberData(nameof(IdsThatRun))]
    public void CompliantExample_IsNotReported(string id)
        => Assert.Empty(ExampleImage.Judge(RulePage.Read(id).Examples("Compliant")).Select(finding => $"{finding.Rule.Id}: {finding.Text}"));

    [Fact]
    public void EveryPage_BelongsToARule()
        => Assert.Equal(
            RuleCatalog.All.Select(rule => rule.Id).Order(StringComparer.Ordinal),
            Repository.RulePages().Where(id => !IsCSharp(id)));

    private static bool IsCSharp(string id) => id.StartsWith("MLC1", StringComparison.Ordinal) || id.StartsWith("MLC2", StringComparison.Ordinal);
}
