using System.Text.RegularExpressions;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Tests.Findings;

public sealed class RuleControlsTests
{
    public static TheoryData<string> ImageRules =>
        [.. RuleCatalog.All.Select(rule => rule.Id).Where(id => id.StartsWith("MLC3", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(ImageRules))]
    public void ARuleAboutTheImageHasControlsOrSaysThatItHasNone(string ruleId) =>
        Assert.True(RuleControls.Knows(ruleId), $"Add {ruleId} to RuleControls, with [] when no recommendation speaks of it.");

    [Theory]
    [MemberData(nameof(ImageRules))]
    public void ControlsAreOfTheSectionsThatAreMapped(string ruleId)
    {
        foreach (Control control in RuleControls.For(ruleId))
        {
            string sections = control.Catalog == ControlCatalog.CisDocker ? @"^(4|5)\.\d{1,2}$" : @"^4\.[1-5]\.[1-5]$";
            Assert.Matches(new Regex(sections, RegexOptions.None, TimeSpan.FromSeconds(1)), control.Id);
            Assert.NotEmpty(control.Title);
        }

        Assert.Equal(RuleControls.For(ruleId).Distinct(), RuleControls.For(ruleId));
    }

    [Fact]
    public void RuleOfAnotherFamily_HasNoControls() => Assert.Empty(RuleControls.For("MLC9001"));
}
