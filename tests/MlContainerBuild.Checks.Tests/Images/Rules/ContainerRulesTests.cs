using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Models.Rules;
using MlContainerBuild.Checks.Payload;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class ContainerRulesTests
{
    // Rules of the image that other hosts check: they need the base's bytes, the tag as it is today, the published files, or the build's outcome.
    private static readonly string[] CheckedElsewhere = ["MLC3003", "MLC3004", "MLC3005", "MLC3006", .. PayloadCheck.RuleIds, "MLC3042", "MLC3044", .. ModelCheck.RuleIds];

    [Fact]
    public void EveryRuleOfTheCatalogue_HasOneImplementation() => Assert.Equal(
        RuleCatalog.All.Select(rule => rule.Id).Where(id => id.StartsWith("MLC3", StringComparison.Ordinal)).Except(CheckedElsewhere),
        ContainerRules.RuleIds);

    [Fact]
    public void EveryImplementation_IsInTheList() => Assert.Equal(
        typeof(IContainerRule).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IContainerRule))).Select(type => type.Name).Order(StringComparer.Ordinal),
        ContainerRules.All.Select(rule => rule.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryImplementation_HasATestClass()
    {
        HashSet<string> classes = [.. GetType().Assembly.GetTypes().Select(type => type.Name)];

        Assert.All(ContainerRules.All, rule => Assert.Contains(rule.GetType().Name + "Tests", classes));
    }

    [Fact]
    public void GoodService_HasNoFinding() => FindingAssert.NoneAtBothMoments(Good);

    [Fact]
    public void AllMistakes_AreReportedAtOnceInTheOrderOfTheirIds()
    {
        ImageUnderTest image = Good
            .WithPort("80").WithPort("22")
            .WithTags("latest")
            .WithUser("0")
            .WithVariable("LD_LIBRARY_PATH", ":/a")
            .WithVariable("NVIDIA_VISIBLE_DEVICES", "all")
            .WithBase("registry.example/base:1");

        Assert.Equal(
            ["MLC3001", "MLC3010", "MLC3030", "MLC3034", "MLC3043", "MLC3045", "MLC3045"],
            ContainerRules.Check(image.AtIntent()).Select(finding => finding.Rule.Id));
    }

    [Fact]
    public void SameItemTwice_IsOneFinding()
        => FindingAssert.SingleAtBothMoments(Good.WithPort("80").WithPort("80"), "MLC3045", Severity.Warning);
}
