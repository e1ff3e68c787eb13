using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class PinnedBaseImageRuleTests
{
    [Theory]
    [InlineData("registry.example/team/base")]
    [InlineData("registry.example/team/base:1.2.3")]
    [InlineData("localhost:5000/base:1")]
    [InlineData("debian")]
    public void TagAlone_Triggers(string reference)
        => FindingAssert.SingleAtBothMoments(Good.WithBase(reference), "MLC3001", Severity.Error);

    [Fact]
    public void TagAlone_NamesTheCommandWithTheProject()
    {
        Finding finding = FindingAssert.Single(Good.WithBase("registry.example/team/base:1.2").AtIntent(), "MLC3001", Severity.Error);

        Assert.StartsWith("The base image 'registry.example/team/base:1.2' is not pinned to a digest: ", finding.Message, StringComparison.Ordinal);
        Assert.Equal("Run: dotnet build \"/src/Iris/Iris.csproj\" -t:MlContainerPin", finding.Fix);
        Assert.Equal(new ValueSource.Property("ContainerBaseImage"), finding.Source);
    }

    [Fact]
    public void BaseOnTheCommandLine_IsToBePinnedThere()
    {
        ContainerSubject subject = Good.WithBase("registry.example/team/base:1.2").AtIntent();
        subject = subject with { Intent = subject.Intent with { IsBaseImageOnCommandLine = true } };

        Assert.Equal(
            "Run: dotnet build \"/src/Iris/Iris.csproj\" -t:MlContainerPin -p:ContainerBaseImage=registry.example/team/base:1.2; it prints the pinned name, which is to be given on the command line instead",
            FindingAssert.Single(subject, "MLC3001", Severity.Error).Fix);
    }

    [Fact]
    public void InferredBase_SaysWhatTheSdkChose()
    {
        Finding finding = FindingAssert.Single(Good.WithInferredBase("mcr.microsoft.com/dotnet/aspnet:10.0").AtIntent(), "MLC3001", Severity.Error);

        Assert.StartsWith("No ContainerBaseImage is set, so the SDK builds on 'mcr.microsoft.com/dotnet/aspnet:10.0': ", finding.Message, StringComparison.Ordinal);
        Assert.Equal(ValueSource.Sdk.Instance, finding.Source);
    }

    [Fact]
    public void UntouchedWebProject_GetsThisAndNothingElseAboveInfo()
    {
        ImageUnderTest untouched = (Good with { Registry = null })
            .WithInferredBase("mcr.microsoft.com/dotnet/aspnet:10.0")
            .WithDefaultTag()
            .WithSdkLabel("org.opencontainers.image.created", "2026-12-07T10:00:00Z")
            .WithSdkLabel("org.opencontainers.image.base.name", "mcr.microsoft.com/dotnet/aspnet:10.0");

        Assert.Equal(
            [("MLC3001", Severity.Error), ("MLC3043", Severity.Info)],
            Checks.Images.Rules.ContainerRules.Check(untouched.AtIntent()).Select(finding => (finding.Rule.Id, finding.Severity)));
    }

    [Fact]
    public void Digest_DoesNotTrigger()
    {
        FindingAssert.NoneAtBothMoments(Good.WithBase($"registry.example/team/base@{Digest}"));
        FindingAssert.NoneAtBothMoments(Good.WithBase($"registry.example/team/base:1.2@{Digest}"));
        FindingAssert.NoneAtBothMoments(Good.WithBase($"  registry.example/team/base:1.2@{Digest} "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://registry.example/base:1")]
    [InlineData("registry.example/Base:1")]
    [InlineData("registry.example/base:1@sha256:abc")]
    [InlineData("registry.example/base:1@sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e")]
    public void NoReference_IsAnUnknownValue(string text)
        => FindingAssert.SingleAtBothMoments(Good.WithBase(text), "MLC9008", Severity.Error);

    [Fact]
    public void NoReference_DoesNotShowACredentialInIt()
    {
        string password = new('p', 12);
        Finding finding = FindingAssert.Single(Good.WithBase($"https://me:{password}@registry.example/base:1").AtIntent(), "MLC9008", Severity.Error);

        Assert.DoesNotContain(password, finding.Text, StringComparison.Ordinal);
    }
}
