using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Compilations;
using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks;

/// <summary>
/// The gate: judges what a publish is about to do, before the SDK pulls or pushes anything. Reports every finding at once, writes
/// the report, and fails the build when the policy says so.
/// </summary>
public sealed class CheckContainer : GateTask
{
    /// <summary>Items of <c>_MlContainerDescribe</c>: the build that publishes.</summary>
    public ITaskItem[] Facts { get; set; } = [];

    /// <summary>The same of every inner build, with metadata <c>Platform</c>, and its compilations (<c>Kind</c> is <c>Compilation</c>).</summary>
    public ITaskItem[] PlatformFacts { get; set; } = [];

    /// <summary>Items of <c>_MlContainerGetCompilations</c>: what the publishing build has compiled, when it is for one platform.</summary>
    public ITaskItem[] Compilations { get; set; } = [];

    public bool IsMultiPlatform { get; set; }

    /// <summary>The file by which the SDK chooses a platform of the base image.</summary>
    public string RuntimeIdentifierGraphPath { get; set; } = "";

    /// <summary>What <see cref="ReportPublish"/> continues.</summary>
    [Output]
    public string Session { get; set; } = "";

    private protected override void Check(Gate gate, CancellationToken cancellation)
    {
        PublishFacts publish = PublishFacts.Read(ProjectFile, Facts, PlatformFacts, Compilations, IsMultiPlatform);
        if (GlobalProperties.ContainsKey("ContainerBaseImage"))
            publish = publish.WithBaseImageOnCommandLine();

        Judgement judgement = gate.Judge(publish, RuntimeIdentifierGraphPath, cancellation);
        PublishReport report = gate.Report with
        {
            Findings = Locate(judgement.Findings.AddRange(gate.ReviewExceptions(judgement))),
            Checked = judgement.Examined,
            IsBaseImageInspected = judgement.Images.Length == publish.Platforms.Length,
            SarifPath = Path.Combine(ReportDirectory, "report.sarif"),
            Time = TimeProvider.System.GetUtcNow(),
            Policy = gate.Policy,
            Destination = publish.Intent.Registry is { } registry ? $"{registry.Value}/{publish.Intent.Repository?.Value}" : publish.Intent.Repository?.Value,
            BaseImage = PlatformImages.DescribeBase(publish, judgement.Images),
            Models = judgement.Models,
            Platforms = PlatformImages.Describe(publish, judgement.Images, cancellation),
        };
        SarifWriter.WriteFile(report with { IsPending = report.HasPassed || report.IsAudit }, report.SarifPath);
        if (report.HasPassed)
        {
            ReportFolder.Clear(ReportDirectory);
            Draft(report);
        }
        else
        {
            ReportFolder.Write(report, ReportDirectory);
        }

        Destination? destination = report.HasPassed || report.IsAudit ? Destination.Open(publish.Intent) : null;
        Session = new PublishSession(report, gate.Policy, [.. judgement.Images.Select(image => image.Base)], destination).Start(BuildEngine);
        Show(report, isShown: finding => !IsShownByTheCompiler(finding));
    }

    // The page is written once, after the push. It is made up once before, for nobody, while the SDK makes the image: most of the time
    // that takes is that of compiling its code, and nothing has to wait for it then.
    private static void Draft(PublishReport report) => Task.Run(() => HtmlReportWriter.Write(report, Stream.Null));

    // Where a compiler has run in this build it has shown its warnings; where it was skipped nobody has.
    private bool IsShownByTheCompiler(Finding finding) =>
        CSharpRules.Ids.Contains(finding.Rule.Id) && Compilations.Concat(PlatformFacts).Any(item => item.GetMetadata("HasCompiled") == "true");
}
