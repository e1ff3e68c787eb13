using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Tests.Images;

namespace MlContainerBuild.Checks.Tests.Payload;

/// <summary>MLC9003 on exceptions for published files.</summary>
public sealed class UnusedExceptionTests : IDisposable
{
    private readonly PublishFolder folder = new();

    [Fact]
    public void ExceptionForAFileWithoutAFinding_IsUnused()
    {
        folder.FromProject("appsettings.json", "{}");

        Assert.Equal(
            ["The exception for MLC3022 at 'appsettings.json' silences nothing: the rule was checked there and found nothing."],
            Review("{ rule: MLC3022, path: appsettings.json, reason: sample }"));
    }

    [Fact]
    public void PatternThatMatchesFilesWithoutAFinding_IsUnused()
    {
        folder.FromProject("samples/a.txt", "").FromProject("b.txt", Made.HuggingFaceToken);

        Assert.Equal(
            ["The exception for MLC3022 at 'samples/**' silences nothing: the rule was checked there and found nothing."],
            Review("{ rule: MLC3022, path: samples/**, reason: sample }"));
    }

    [Fact]
    public void ExceptionForAFileWithAFinding_IsUsed()
    {
        folder.FromProject("a.txt", Made.HuggingFaceToken).FromProject("samples/a.txt", Made.HuggingFaceToken);

        Assert.Empty(Review("{ rule: MLC3022, path: a.txt, reason: sample }\n- { rule: MLC3022, path: samples/**, reason: sample }"));
    }

    [Fact]
    public void ExceptionForAFileThatIsNotPublished_MayBeForAnotherPublish()
    {
        File.WriteAllText(Path.Combine(folder.ProjectPath, "a.txt"), "");

        Assert.Empty(Review("{ rule: MLC3022, path: a.txt, reason: sample }\n- { rule: MLC3022, path: other/**, reason: sample }"));
    }

    public void Dispose() => folder.Dispose();

    private IEnumerable<string> Review(string exceptions)
    {
        PolicyReadResult read = PolicyReader.Read(Path.Combine(folder.ProjectPath, "mlcontainer.yaml"), "version: 1\nexceptions:\n- " + exceptions);
        Assert.Empty(read.Findings);
        string project = Path.Combine(folder.ProjectPath, "Iris.csproj");
        var judge = new FindingJudge(read.Policy, project, TimeProvider.System);
        PayloadCheck check = folder.Run(judge);
        return judge.ReviewExceptions(judge.Judge(check.Findings), new Examination([.. PayloadCheck.RuleIds], check.Paths.Add(project))).Select(finding => finding.Message);
    }
}
