using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Tests.Images;

namespace MlContainerBuild.Checks.Tests.Payload;

/// <summary><c>secrets: allow</c> of the policy.</summary>
public sealed class AllowedSecretFilesTests : IDisposable
{
    private readonly PublishFolder folder = new();

    [Fact]
    public void FilesThatThePolicyNames_AreSuppressedAndOthersCount()
    {
        folder.FromProject("samples/a.txt", Made.HuggingFaceToken).FromProject("b.txt", Made.HuggingFaceToken);

        Assert.Equal(
            [("b.txt", null), ("a.txt", "The policy allows secret-shaped values in 'samples/**'.")],
            Judge("secrets: { allow: [ samples/** ] }").Select(finding => (Path.GetFileName(finding.Span!.Path), finding.Suppression?.Justification)));
    }

    [Fact]
    public void ExceptionWithAReason_WinsOverThePattern()
    {
        folder.FromProject("samples/a.txt", Made.HuggingFaceToken);

        Assert.Equal(
            ["public sample"],
            Judge("secrets: { allow: [ samples/** ] }\nexceptions:\n- { rule: MLC3022, path: samples/a.txt, reason: public sample }").Select(finding => finding.Suppression?.Justification));
    }

    [Fact]
    public void OtherRules_AreNotAffected()
    {
        folder.FromProject("samples/a.ipynb", "{}");

        Assert.Null(Assert.Single(Judge("secrets: { allow: [ samples/** ] }")).Suppression);
    }

    public void Dispose() => folder.Dispose();

    private ImmutableArray<Finding> Judge(string policy)
    {
        PolicyReadResult read = PolicyReader.Read(Path.Combine(folder.ProjectPath, "mlcontainer.yaml"), "version: 1\n" + policy);
        Assert.Empty(read.Findings);
        var judge = new FindingJudge(read.Policy, Path.Combine(folder.ProjectPath, "Iris.csproj"), TimeProvider.System);
        return judge.Judge(folder.Check(judge));
    }
}
