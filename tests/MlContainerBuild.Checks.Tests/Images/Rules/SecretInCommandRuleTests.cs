using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Rules;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class SecretInCommandRuleTests
{
    public static TheoryData<string[]> Secrets =>
    [
        ["dotnet", "/app/Iris.dll", Made.HuggingFaceToken],
        ["dotnet", "/app/Iris.dll", "--hf-token=" + Made.HuggingFaceToken],
        ["dotnet", "/app/Iris.dll", "--api-key", Made.ApiKey],
        ["dotnet", "/app/Iris.dll", "--api-key=" + Made.ApiKey],
        ["dotnet", "/app/Iris.dll", "/ApiKey:" + Made.ApiKey],
        ["dotnet", "/app/Iris.dll", "ConnectionStrings:Models=Server=db.example;User Id=iris;Password=" + Made.Password],
        ["sh", "-c", $"export CO_API_KEY={Made.ApiKey}; exec dotnet /app/Iris.dll"],
        ["sh", "-c", $"dotnet /app/Iris.dll --password '{Made.Password}'"],
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_Triggers(string[] command)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithCommand(command), "MLC3025", Severity.Error);

        Assert.DoesNotContain(Made.HuggingFaceToken, finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Made.ApiKey, finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Made.Password, finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Option_IsNamed()
    {
        Finding finding = FindingAssert.Single(Good.WithCommand("dotnet", "/app/Iris.dll", "--api-key", Made.ApiKey).AtIntent(), "MLC3025", Severity.Error);

        Assert.Equal("The project starts the process with a secret (key or token) as 'api-key': everyone who can pull the image or list processes can read it.", finding.Message);
    }

    [Fact]
    public void SecretOfTheBase_Triggers()
        => FindingAssert.Single(Good.WithInheritedCommand("server", "--token=" + Made.HuggingFaceToken).AtRehearsal(), "MLC3025", Severity.Error);

    [Fact]
    public void PartsOfACommand_AreJudgedBeforeTheSdkJoinsThem()
    {
        var argument = new Setting("ContainerDefaultArgs", Made.HuggingFaceToken, new ValueSource.Item("ContainerDefaultArgs", Made.HuggingFaceToken));
        ContainerSubject subject = Good.AtIntent();

        FindingAssert.Single(subject with { Intent = subject.Intent with { Command = new CommandIntent { DefaultArgs = [argument] } } }, "MLC3025", Severity.Error);
    }

    [Theory]
    [InlineData("dotnet", "/app/Iris.dll")]
    [InlineData("dotnet", "/app/Iris.dll", "--urls", "http://+:8080")]
    [InlineData("dotnet", "/app/Iris.dll", "--max-tokens", "4096")]
    [InlineData("dotnet", "/app/Iris.dll", "--api-key-file", "/run/secrets/api_key")]
    [InlineData("dotnet", "/app/Iris.dll", "--password", "")]
    [InlineData("dotnet", "/app/Iris.dll", "--password", "--verbose")]
    [InlineData("sh", "-c", "dotnet /app/Iris.dll --api-key $API_KEY")]
    [InlineData("sh", "-c", "dotnet /app/Iris.dll --api-key \"$(cat /run/secrets/api_key)\"")]
    public void NoSecret_DoesNotTrigger(params string[] command) => FindingAssert.NoneAtBothMoments(Good.WithCommand(command));
}
