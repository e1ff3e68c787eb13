using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class MultiPlatformDamageRuleTests
{
    private static readonly ImageUnderTest TwoPlatforms = Good.WithRuntimeIdentifiers("linux-x64", "linux-arm64");

    [Theory]
    [InlineData("Server=db;Mode=ro")]
    [InlineData("http://collector:4317")]
    [InlineData("a%3Bb")]
    [InlineData("k;ContainerUser=root")]
    public void ValueWithASeparator_IsInformation(string value)
    {
        Finding variable = FindingAssert.SingleAtBothMoments(TwoPlatforms.WithVariable("Setting", value), "MLC3040", Severity.Info);
        Finding label = FindingAssert.SingleAtBothMoments(TwoPlatforms.WithLabel("example.setting", value), "MLC3040", Severity.Info);

        Assert.StartsWith("The variable 'Setting' contains ", variable.Message, StringComparison.Ordinal);
        Assert.StartsWith("The label 'example.setting' contains ", label.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, variable.Text + label.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void NameWithASeparator_IsInformation()
        => FindingAssert.SingleAtBothMoments(TwoPlatforms.WithLabel("example:setting", "1"), "MLC3040", Severity.Info);

    [Theory]
    [InlineData("8080;ContainerUser=root", "")]
    [InlineData("8080", "tcp;ContainerUser=root")]
    [InlineData("8080:80", "")]
    public void PortWithASeparator_IsAnError(string number, string type)
        => FindingAssert.SingleAtBothMoments(TwoPlatforms.WithPort(number, type), "MLC3040", Severity.Error);

    [Fact]
    public void TagWithASeparator_IsAnError()
        => FindingAssert.SingleAtBothMoments(TwoPlatforms.WithTags("1.0;ContainerUser=root"), "MLC3040", Severity.Error);

    [Fact]
    public void RepositoryWithASeparator_IsAnError()
        => FindingAssert.SingleAtBothMoments(TwoPlatforms.WithRepository("iris;ContainerUser=root"), "MLC3040", Severity.Error);

    [Fact]
    public void RegistryWithAPort_DoesNotTrigger()
        => FindingAssert.NoneAtBothMoments(TwoPlatforms.WithRegistry("localhost:5000"));

    [Theory]
    [InlineData("plain text, with = and / and \n")]
    [InlineData("100 %")]
    [InlineData("50%of")]
    [InlineData("")]
    public void HarmlessValue_DoesNotTrigger(string value) => FindingAssert.NoneAtBothMoments(TwoPlatforms.WithVariable("Setting", value));

    [Fact]
    public void LabelsOfTheSdk_DoNotTrigger()
        => FindingAssert.NoneAtBothMoments(TwoPlatforms.WithSdkLabel("org.opencontainers.image.created", "2026-12-07T10:00:00Z"));

    [Fact]
    public void InheritedValues_AreNotHandedOver()
        => FindingAssert.NoneAtBothMoments(TwoPlatforms.WithInheritedVariable("PATH", "/usr/bin:/bin"));

    [Fact]
    public void OnePlatform_DoesNotTrigger()
        => FindingAssert.NoneAtBothMoments(Good.WithVariable("Setting", "http://collector:4317;k=v").WithLabel("a", "b:c"));
}
