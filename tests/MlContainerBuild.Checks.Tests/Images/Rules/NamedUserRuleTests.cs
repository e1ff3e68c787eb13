using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class NamedUserRuleTests
{
    [Theory]
    [InlineData("app", "<ContainerUser>1654:1654</ContainerUser>")]
    [InlineData("app:app", "<ContainerUser>1654:1654</ContainerUser>")]
    [InlineData("nonroot", "<ContainerUser>65532:65532</ContainerUser>")]
    [InlineData("iris", "<ContainerUser>uid:gid</ContainerUser>")]
    [InlineData("Root", "<ContainerUser>uid:gid</ContainerUser>")] // names are case-sensitive: another user, or none
    [InlineData("0x0", "<ContainerUser>uid:gid</ContainerUser>")]
    [InlineData("1654app", "<ContainerUser>uid:gid</ContainerUser>")]
    public void Name_Triggers(string user, string edit)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithUser(user), "MLC3011", Severity.Warning);

        Assert.Contains(edit, finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void NameOfTheBase_Triggers()
    {
        Finding finding = FindingAssert.Single(Good.WithBase($"registry.example/nginx@{Digest}").WithInheritedUser("nginx").AtRehearsal(), "MLC3011", Severity.Warning);

        Assert.Equal($"The base image 'registry.example/nginx@{Digest}' sets the user by name, 'nginx': Kubernetes cannot tell that this is not root and refuses to start it under runAsNonRoot.", finding.Message);
    }

    [Theory]
    [InlineData("1654:app")] // the kubelet looks at the user alone
    [InlineData("1654:1654")]
    public void Number_DoesNotTrigger(string user) => FindingAssert.NoneAtBothMoments(Good.WithUser(user));

    [Fact]
    public void WindowsName_DoesNotTrigger()
        => FindingAssert.NoneAtBothMoments(Good.WithRuntimeIdentifiers("win-x64", "win-arm64").WithUser("ContainerUser"));
}
