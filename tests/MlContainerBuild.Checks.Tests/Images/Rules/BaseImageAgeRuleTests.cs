using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class BaseImageAgeRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void BaseOlderThanThePolicyAllows_Triggers()
    {
        Finding finding = Assert.Single(Check("2026-03-01T00:00:00Z"));

        Assert.Equal(("MLC3005", Severity.Warning), (finding.Rule.Id, finding.Severity));
        Assert.Equal(
            "The base image 'registry.example/aspnet:10.0' was built on 2026-03-01, 121 days ago; the policy allows 90. "
            + "Fixes that its distribution and runtime have published since then are not in it.",
            finding.Message);
        Assert.EndsWith("-t:MlContainerPin", finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-06-01T00:00:00Z")]
    [InlineData("2026-04-01T12:00:00Z")]
    [InlineData("2026-07-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("1980-01-01T00:00:01Z")]
    [InlineData(null)]
    public void YoungOrUndatedBase_DoesNotTrigger(string? created) => Assert.Empty(Check(created));

    [Fact]
    public void OldestOfSeveralPlatforms_TriggersOnce() =>
        Assert.Contains("2025-01-01", Assert.Single(Check("2026-03-01T00:00:00Z", "2025-01-01T00:00:00Z", null, "2026-06-01T00:00:00Z")).Message, StringComparison.Ordinal);

    [Fact]
    public void Policy_SetsTheAge() =>
        Assert.Empty(Check(Policy.Default with { MaxBaseAgeDays = 122 }, "2026-03-01T00:00:00Z"));

    private static Finding[] Check(params string?[] dates) => Check(Policy.Default, dates);

    private static Finding[] Check(Policy policy, params string?[] dates)
    {
        var image = new ImageReference("registry.example", "aspnet", "10.0", null);
        var intent = new ContainerIntent
        {
            ProjectPath = "/src/app/app.csproj",
            BaseImage = new Setting("ContainerBaseImage", image.ToString(), new ValueSource.Property("ContainerBaseImage")),
        };
        IEnumerable<VerifiedBase> bases = dates.Select(date => new VerifiedBase(
            image, "linux-x64", null, "", "", "", [], new ImageConfig
            {
                Architecture = "amd64",
                OperatingSystem = "linux",
                Created = date is null ? null : DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture),
            }));
        return [.. BaseImageAgeRule.Check(intent, bases, policy, Now)];
    }
}
