using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>The examples of pages about the policy file are policies: they are read, and their exceptions applied.</summary>
public sealed class PolicyPageTests
{
    private const string PolicyPath = "/repository/mlcontainer.yaml";

    // The project that the examples name, with a finding for each of their exceptions.
    private const string ProjectPath = "/repository/src/Iris/Iris.csproj";

    [Theory]
    [InlineData("MLC9001")]
    [InlineData("MLC9002")]
    [InlineData("MLC9003")]
    public void NoncompliantExample_IsReportedByThisRuleAlone(string id)
        => Assert.Equal([id], Judge(RulePage.Read(id).Examples("Noncompliant").Single().Text));

    [Theory]
    [InlineData("MLC9001")]
    [InlineData("MLC9002")]
    [InlineData("MLC9003")]
    public void CompliantExample_IsNotReported(string id)
        => Assert.Empty(Judge(RulePage.Read(id).Examples("Compliant").Single().Text));

    private static IEnumerable<string> Judge(string yaml)
    {
        PolicyReadResult result = PolicyReader.Read(PolicyPath, yaml);
        ImmutableArray<Finding> findings =
        [
            .. result.Policy.Exceptions.Select(exception => new Finding(RuleCatalog.Get(exception.RuleId), "Found.", "", new ValueSource.Property("ContainerUser"))),
        ];

        return result.Findings
            .Concat(new FindingJudge(result.Policy, ProjectPath, TimeProvider.System).Judge(findings).Where(finding => finding.Rule.IsAboutEvidence))
            .Select(finding => finding.Rule.Id);
    }
}
