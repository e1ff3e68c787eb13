using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class UserWithoutGroupRuleTests
{
    [Theory]
    [InlineData("1654")]
    [InlineData(" 1654 ")]
    [InlineData("2147483647")]
    public void NumberAlone_Triggers(string user)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithUser(user), "MLC3012", Severity.Warning);

        Assert.Contains($"<ContainerUser>{user.Trim()}:{user.Trim()}</ContainerUser>", finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1654:1654")]
    [InlineData("1654:0")]
    [InlineData("1654:")]
    public void NumberWithGroup_DoesNotTrigger(string user) => FindingAssert.NoneAtBothMoments(Good.WithUser(user));

    [Fact]
    public void InheritedNumber_DoesNotTrigger()
    {
        FindingAssert.NoneAtBothMoments(Good.WithInheritedUser("1654"));
        FindingAssert.NoneAtBothMoments(Good.WithInheritedVariable("APP_UID", "1654"));
        FindingAssert.NoneAtBothMoments(Good.WithVariable("APP_UID", "1654"));
    }

    [Fact]
    public void Windows_DoesNotTrigger() => FindingAssert.NoneAtBothMoments(Good.WithRuntimeIdentifiers("win-x64").WithUser("1654"));
}
