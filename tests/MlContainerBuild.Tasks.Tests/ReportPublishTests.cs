using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks.Tests;

public sealed class ReportPublishTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("report-").FullName;
    private readonly FakeBuildEngine engine = new();

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void ImageThatCouldNotBeCompared_FailsAndIsNotHandedOver()
    {
        using ReportPublish task = AfterAGateWithoutBases(isAudit: false);

        Assert.False(task.Execute());

        Assert.Equal("MLC9006", Assert.Single(engine.Errors).Code);
        Assert.Contains("Do not deploy the image.", engine.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(directory, ReportFolder.Image)));
        Assert.Contains("\"verdict\": \"failed\"", File.ReadAllText(Path.Combine(directory, ReportFolder.Predicate)), StringComparison.Ordinal);
    }

    // Why it could not be inspected has been said before the push.
    [Fact]
    public void ImageThatCouldNotBeCompared_IsHandedOverInAnAudit()
    {
        using ReportPublish task = AfterAGateWithoutBases(isAudit: true);

        Assert.True(task.Execute(), engine.Text);

        Assert.True(File.Exists(Path.Combine(directory, ReportFolder.Image)));
    }

    [Fact]
    public void SessionOfNoGate_Fails()
    {
        using var task = new ReportPublish { BuildEngine = engine, ProjectFile = "/repo/app.csproj", Session = "unknown" };

        Assert.False(task.Execute());

        Assert.Equal("MLC9006", Assert.Single(engine.Errors).Code);
    }

    private ReportPublish AfterAGateWithoutBases(bool isAudit)
    {
        var report = new PublishReport
        {
            ProjectPath = "/repo/app.csproj",
            RepositoryRoot = "/repo",
            PackageVersion = "0.1.0",
            Findings = [],
            Checked = [],
            Rules = [],
            IsAudit = isAudit,
            SarifPath = Path.Combine(directory, "report.sarif"),
        };
        return new ReportPublish
        {
            BuildEngine = engine,
            ProjectFile = report.ProjectPath,
            Session = new PublishSession(report, Policy.Default, Bases: [], Destination: null).Start(engine),
            Registry = "registry.example",
            Repository = "team/api",
            Digest = "sha256:" + new string('a', 64),
        };
    }
}
