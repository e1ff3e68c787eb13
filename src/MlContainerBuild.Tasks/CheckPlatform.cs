using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks;

/// <summary>
/// The second look, in an inner build right before its push: a target of the project's may have changed something since the outer
/// build asked. What has been told is not told again, only what fails; and only then there is a report of its own.
/// </summary>
public sealed class CheckPlatform : GateTask
{
    /// <summary>Items of <c>_MlContainerDescribe</c>, of this inner build.</summary>
    public ITaskItem[] Facts { get; set; } = [];

    public ITaskItem[] Compilations { get; set; } = [];

    public string RuntimeIdentifierGraphPath { get; set; } = "";

    private protected override void Check(Gate gate, CancellationToken cancellation)
    {
        PublishFacts publish = PublishFacts.Read(ProjectFile, Facts, [], Compilations, isMultiPlatform: false);
        Judgement judgement = gate.Judge(publish, RuntimeIdentifierGraphPath, cancellation);
        PublishReport report = gate.Report with
        {
            Findings = Locate(judgement.Findings),
            Checked = judgement.Examined,
            IsBaseImageInspected = judgement.Images.Length == publish.Platforms.Length,
            Time = TimeProvider.System.GetUtcNow(),
            Policy = gate.Policy,
            Platform = publish.Platforms.FirstOrDefault()?.RuntimeIdentifier,
        };
        string sarif = Path.Combine(ReportDirectory, "report.sarif");
        if (report.HasPassed)
        {
            if (Directory.Exists(ReportDirectory))
                File.Delete(sarif);

            ReportFolder.Clear(ReportDirectory);
        }
        else
        {
            report = report with { SarifPath = sarif };
            SarifWriter.WriteFile(report, sarif);
            ReportFolder.Write(report, ReportDirectory);
        }

        Show(report, isShown: _ => false);
    }
}
