using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class AllowedRegistryRuleTests
{
    [Theory]
    [InlineData("registry.example/base", "mcr.microsoft.com")]
    [InlineData("registry.example:5000/base", "registry.example")]
    [InlineData("debian", "registry.example")]
    [InlineData("evil.example/registry.example/base", "registry.example")]
    public void RegistryNotAllowed_Triggers(string image, string allowed)
        => FindingAssert.SingleAtBothMoments(From(image, allowed), "MLC3002", Severity.Error);

    [Theory]
    [InlineData("registry.example/base", "registry.example")]
    [InlineData("Registry.Example/base", "registry.example")]
    [InlineData("registry.example:5000/base", "registry.example:5000")]
    [InlineData("debian", "docker.io")]
    [InlineData("index.docker.io/library/debian", "docker.io")]
    public void AllowedRegistry_DoesNotTrigger(string image, string allowed)
        => FindingAssert.NoneAtBothMoments(From(image, allowed));

    [Fact]
    public void PolicyWithoutRegistries_AllowsAll()
        => FindingAssert.NoneAtBothMoments(Good.WithBase($"anywhere.example/base@{Digest}"));

    [Fact]
    public void RegistryNotAllowed_NamesWhatIsAllowedAndWhere()
    {
        ImageUnderTest image = Good.WithBase($"docker.io/library/debian@{Digest}") with
        {
            Policy = new Policy { Path = "/src/mlcontainer.yaml", AllowedRegistries = ["mcr.microsoft.com", "nvcr.io"] },
        };

        Finding finding = FindingAssert.Single(image.AtIntent(), "MLC3002", Severity.Error);

        Assert.Equal("The base image comes from 'docker.io'; the policy allows only 'mcr.microsoft.com', 'nvcr.io'.", finding.Message);
        Assert.Equal("Set ContainerBaseImage to an image of one of these, or add 'docker.io' to images.allowedRegistries in /src/mlcontainer.yaml.", finding.Fix);
    }

    private static ImageUnderTest From(string image, string allowed) =>
        Good.WithBase($"{image}@{Digest}") with { Policy = new Policy { AllowedRegistries = [allowed] } };
}
