using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Tasks.Tests;

public sealed class GateOptionsTests
{
    [Fact]
    public void NothingSet_IsEnforceAndLeavesTheThresholdToThePolicy()
    {
        GateOptions options = GateOptions.Read("true", null, "", " ", null);

        Assert.False(options.IsAudit);
        Assert.Null(options.FailOn);
        Assert.Equal(Severity.Warning, options.BuildSeverity);
        Assert.False(options.VerifiesArchive);
        Assert.Empty(options.Findings);
    }

    [Theory]
    [InlineData("Audit")]
    [InlineData("audit")]
    [InlineData(" AUDIT ")]
    public void KnownValue_IsReadWhateverItsCase(string mode) => Assert.True(GateOptions.Read(null, mode, null, null, null).IsAudit);

    [Fact]
    public void UnknownValues_AreNamedEachWithTheChoices()
    {
        GateOptions options = GateOptions.Read("1", "Enfroce", "fatal", "loud", "archive");

        Assert.Equal(["MLC9008", "MLC9008", "MLC9008", "MLC9008", "MLC9008"], options.Findings.Select(finding => finding.Rule.Id));
        Assert.Equal(
            [new ValueSource.Property("MlContainerEnabled"), new ValueSource.Property("MlContainerMode"), new ValueSource.Property("MlContainerFailOn"), new ValueSource.Property("MlContainerBuildSeverity"), new ValueSource.Property("MlContainerPushMode")],
            options.Findings.Select(finding => finding.Source));
        Assert.Contains("Enforce, Audit", options.Findings[1].Fix, StringComparison.Ordinal);
        Assert.Contains("error, warning, info", options.Findings[2].Fix, StringComparison.Ordinal);
        Assert.Contains("warning, message, none", options.Findings[3].Fix, StringComparison.Ordinal);
        Assert.Contains("Direct, VerifiedArchive", options.Findings[4].Fix, StringComparison.Ordinal);
    }
}
