using Microsoft.Build.Utilities;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Tasks.Tests;

public sealed class FindingLogTests
{
    [Theory]
    [InlineData(Severity.Error)]
    [InlineData(Severity.Warning)]
    [InlineData(Severity.Info)]
    public void CommandOfACiSystem_IsNotPassedOn(Severity severity)
    {
        var engine = new FakeBuildEngine();
        var log = new FindingLog(new TaskLoggingHelper(engine, "CheckContainer"), "/repo/app.csproj");
        var finding = new Finding(
            RuleCatalog.Get("MLC3010"), "The user is '##vso[task.prependpath]/tmp'.", "Not '##[add-path]/tmp' or '###[x]'.", ValueSource.Sdk.Instance);

        log.Write(finding, severity, "The trailer.");

        Assert.Contains("The trailer.", engine.Text, StringComparison.Ordinal);
        Assert.Contains("'## vso[task.prependpath]/tmp'", engine.Text, StringComparison.Ordinal);
        Assert.Contains("'## [add-path]/tmp' or '### [x]'", engine.Text, StringComparison.Ordinal);
    }
}
