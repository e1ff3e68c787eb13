using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class RootUserRuleTests
{
    [Theory]
    [InlineData("root")]
    [InlineData(" root ")]
    [InlineData("root:root")]
    [InlineData("root:1654")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("+0")]
    [InlineData("-0")]
    [InlineData("0:0")]
    [InlineData("0:1654")]
    [InlineData("0:0:0")]
    [InlineData(":1654")]
    [InlineData(":")]
    public void Root_Triggers(string user)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithUser(user), "MLC3010", Severity.Error);

        Assert.Equal($"The project sets ContainerUser to '{user}': the application, and whoever takes it over, is root in the container, and one flaw in kernel or runtime from being root on the host.", finding.Message);
        Assert.Equal("Set <ContainerUser>1654:1654</ContainerUser>; the base image need not know the number.", finding.Fix);
        Assert.Equal(new ValueSource.Property("ContainerUser"), finding.Source);
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("4294967296")]
    [InlineData("4294967296:4294967296")]
    [InlineData("1654:4294967296")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999999999999")]
    public void NumberThatOverflowsToRoot_Triggers(string user)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithUser(user), "MLC3010", Severity.Error);

        Assert.Contains("CVE-2024-40635", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1654:1654")]
    [InlineData("1654:0")] // group root without its user: how OpenShift runs everything
    [InlineData("2147483647:2147483647")]
    [InlineData("")]
    [InlineData("  ")]
    public void AnotherUser_DoesNotTrigger(string user) => FindingAssert.None(Good.WithUser(user).AtIntent());

    [Fact]
    public void NothingSet_DoesNotTriggerBeforeTheBaseIsKnown() => FindingAssert.None(Good.WithInheritedUser(null).AtIntent());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void NothingSet_TriggersOnceTheBaseIsKnown(string? user)
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedUser(user).AtRehearsal(), "MLC3010", Severity.Error);

        Assert.Equal($"Neither the base image '{Good.Base.Value}' nor the project sets a user, so the application runs as root.", finding.Message);
    }

    [Theory]
    [InlineData("root")]
    [InlineData("0:0")]
    public void RootOfTheBase_TriggersAndSaysWhoSetIt(string user)
    {
        Finding finding = FindingAssert.Single(Good.WithBase($"nvcr.example/cuda@{Digest}").WithInheritedUser(user).AtRehearsal(), "MLC3010", Severity.Error);

        Assert.StartsWith($"The base image 'nvcr.example/cuda@{Digest}' sets USER to '{user}': ", finding.Message, StringComparison.Ordinal);
        Assert.Equal("Set <ContainerUser>1654:1654</ContainerUser>; the base image need not know the number.", finding.Fix);
        Assert.IsType<ValueSource.BaseImage>(finding.Source);
    }

    [Fact]
    public void UserOfTheProject_BeatsRootOfTheBase()
        => FindingAssert.None(Good.WithInheritedUser("root").WithInheritedVariable("APP_UID", "0").WithUser("1654:1654").AtRehearsal());

    [Fact]
    public void AppUidOfTheProject_TriggersBeforeTheBaseIsKnown()
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable("APP_UID", "0"), "MLC3010", Severity.Error);

        Assert.StartsWith("The project sets APP_UID to '0': ", finding.Message, StringComparison.Ordinal);
        Assert.Equal("Delete that item, or give it the number of a user that is not root.", finding.Fix);
    }

    [Fact]
    public void AppUidOfTheBase_TriggersAlthoughItsUserIsAnother()
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedUser("1654").WithInheritedVariable("APP_UID", "0").AtRehearsal(), "MLC3010", Severity.Error);

        Assert.Contains("sets APP_UID to '0'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HistoryStep_IsNamed()
    {
        var user = new Setting("USER", "0", new ValueSource.BaseImage("nvcr.example/cuda:12", "step 7 of 12 (USER)"));
        Finding finding = FindingAssert.Single((Good with { User = user }).AtRehearsal(), "MLC3010", Severity.Error);

        Assert.StartsWith("The base image 'nvcr.example/cuda:12' (step 7 of 12 (USER)) sets USER to '0': ", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ContainerAdministrator")]
    [InlineData("containeradministrator")]
    [InlineData(@"User Manager\ContainerAdministrator")]
    [InlineData(@"NT AUTHORITY\SYSTEM")]
    public void WindowsAdministrator_Triggers(string user)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithRuntimeIdentifiers("win-x64").WithUser(user), "MLC3010", Severity.Error);

        Assert.Equal("Set <ContainerUser>ContainerUser</ContainerUser>.", finding.Fix);
    }

    [Theory]
    [InlineData("ContainerUser")]
    [InlineData("root")] // an ordinary name there
    public void WindowsUser_DoesNotTrigger(string user)
        => FindingAssert.NoneAtBothMoments(Good.WithRuntimeIdentifiers("win-x64").WithUser(user).WithInheritedUser(null));

    [Fact]
    public void WindowsWithoutUser_DoesNotTrigger()
        => FindingAssert.None(Good.WithRuntimeIdentifiers("win-x64").WithInheritedUser(null).AtRehearsal());

    [Fact]
    public void ThePlatformOfTheRehearsal_DecidesWhoIsRoot()
    {
        ImageUnderTest image = Good.WithRuntimeIdentifiers("linux-x64", "win-x64").WithInheritedUser(null);

        FindingAssert.None(image.AtRehearsal() with { RuntimeIdentifier = "win-x64" });
        FindingAssert.Single(image.AtRehearsal() with { RuntimeIdentifier = "linux-x64" }, "MLC3010", Severity.Error);
    }
}
