using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Compilations;
using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>
/// The gate: judges what a publish is about to do, before the SDK pulls or pushes anything. First everything that is known
/// offline; only when that has passed, the base image and the configuration that will come of it. Reports every finding at
/// once, writes the report, and fails the build when the policy says so.
/// </summary>
public sealed class CheckContainer : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Items of <c>_MlContainerDescribe</c>: the build that publishes.</summary>
    public ITaskItem[] Facts { get; set; } = [];

    /// <summary>The same of every inner build, with metadata <c>Platform</c>, and its compilations (<c>Kind</c> is <c>Compilation</c>).</summary>
    public ITaskItem[] PlatformFacts { get; set; } = [];

    /// <summary>Items of <c>_MlContainerGetCompilations</c>: what the publishing build has compiled, when it is for one platform.</summary>
    public ITaskItem[] Compilations { get; set; } = [];

    public bool IsMultiPlatform { get; set; }

    /// <summary>In an inner build, right before its push: what has been reported is not repeated, only what fails is.</summary>
    public bool IsSecondLook { get; set; }

    /// <summary>A publish that asked for a container has ended without one (MLC3044); nothing else is looked at.</summary>
    public bool IsContainerMissing { get; set; }

    public string? Enabled { get; set; }

    public string? Mode { get; set; }

    public string? FailOn { get; set; }

    public string? BuildSeverity { get; set; }

    public string? PushMode { get; set; }

    public string? PolicyFile { get; set; }

    /// <summary>The file by which the SDK chooses a platform of the base image.</summary>
    public string RuntimeIdentifierGraphPath { get; set; } = "";

    [Required]
    public string ReportDirectory { get; set; } = "";

    /// <summary>True when nothing stands in the way of the publish.</summary>
    [Output]
    public bool HasPassed { get; set; }

    /// <summary>What <see cref="ReportPublish"/> continues; empty where the gate writes no report.</summary>
    [Output]
    public string Session { get; set; } = "";

    public void Cancel() => cancellation.Cancel();

    public void Dispose() => cancellation.Dispose();

    public override bool Execute()
    {
        try
        {
            Check();
            HasPassed = !Log.HasLoggedErrors;
        }
        catch (OperationCanceledException)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, "The check of the container was cancelled. Nothing has been published.");
        }
        catch (Exception exception)
        {
            // Fail closed whatever went wrong. The message may quote a value of the project, so it is redacted like one.
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, Unexpected.Describe("The check of the container", exception));
        }

        return HasPassed;
    }

    private static IEnumerable<string> RuleIds => [.. ContainerRules.RuleIds, .. PayloadCheck.RuleIds];

    private void Check()
    {
        string projectDirectory = Path.GetDirectoryName(ProjectFile)!;
        GateOptions options = GateOptions.Read(Enabled, Mode, FailOn, BuildSeverity, PushMode);
        PolicyReadResult policyFile = PolicyReader.Load(projectDirectory, PolicyFile);
        Policy policy = policyFile.Policy;
        Severity failOn = options.FailOn ?? policy.FailOn ?? Severity.Error;

        // The engine would turn the gate's warnings into errors after the gate has let the publish pass.
        if (failOn > Severity.Warning && !options.IsAudit && WarningsAsErrors.AreRequested(BuildEngine))
            failOn = Severity.Warning;

        var judge = new FindingJudge(policy, ProjectFile, TimeProvider.System);
        ImmutableArray<Finding> found = [.. options.Findings, .. policyFile.Findings];
        var report = new PublishReport
        {
            ProjectPath = ProjectFile,
            RepositoryRoot = PolicyLocator.FindRepositoryRoot(projectDirectory),
            PackageVersion = PackageVersion.Current,
            Findings = [],
            Rules = [.. RuleIds.Select(RuleCatalog.Get)],
            FailOn = failOn,
            IsAudit = options.IsAudit,
        };
        if (IsContainerMissing)
        {
            Write(report with { Findings = Locate(judge.Judge(found.Add(MissingContainerRule.Check(ProjectFile)))) });
            return;
        }

        PublishFacts publish = PublishFacts.Read(ProjectFile, Facts, PlatformFacts, Compilations, IsMultiPlatform);
        var examined = new List<string> { $"container settings by {ContainerRules.RuleIds.Length} rules" };
        found = [.. found, .. PushModeCheck.Run(options, publish), .. SettingsCheck.Run(publish, policy), .. CompilationCheck.Run(publish, ProjectFile, examined, cancellation.Token)];
        found = found.AddRange(PublishedFilesCheck.Run(publish, examined, cancellation.Token));
        ImmutableArray<Finding> judged = judge.Judge(found);
        if (IsMultiPlatform && PlatformFacts.Length == 0 && !judged.Any(finding => finding.Fails(failOn)))
            judged = judged.Add(UndescribedPlatforms());

        // No network before everything that is known without it has passed.
        ImageRehearsal? rehearsal = null;
        if (publish.Platforms.Length > 0 && (options.IsAudit || !judged.Any(finding => finding.Fails(failOn))))
        {
            rehearsal = RehearsalCheck.Run(publish, policy, RuntimeIdentifierGraphPath, found, cancellation.Token);
            judged = judge.Judge([.. found, .. rehearsal.Findings]);
            if (rehearsal.Images.Length != publish.Platforms.Length && !judged.Any(finding => finding.Fails(failOn)))
                judged = judged.Add(UninspectedBase());

            examined.Add($"the base image and the effective configuration of {rehearsal.Images.Length} {(rehearsal.Images.Length == 1 ? "platform" : "platforms")}");
        }

        cancellation.Token.ThrowIfCancellationRequested();
        if (IsSecondLook)
        {
            Write(report with { Findings = Locate(judged) });
            return;
        }

        judged = judged.AddRange(judge.ReviewExceptions(judged, new Examination([.. RuleIds], [ProjectFile])));
        report = report with
        {
            Findings = Locate(judged),
            Checked = [.. examined],
            IsBaseImageInspected = rehearsal?.Images.Length == publish.Platforms.Length,
            SarifPath = Path.Combine(ReportDirectory, "report.sarif"),
            Time = TimeProvider.System.GetUtcNow(),
            Policy = policy,
            Destination = publish.Intent.Registry is { } registry ? $"{registry.Value}/{publish.Intent.Repository?.Value}" : publish.Intent.Repository?.Value,
            BaseImage = PlatformImages.DescribeBase(publish, rehearsal?.Images ?? []),
            Platforms = PlatformImages.Describe(publish, rehearsal?.Images ?? [], cancellation.Token),
        };
        SarifWriter.WriteFile(report, report.SarifPath);
        if (report.HasPassed)
            ReportFolder.Clear(ReportDirectory);
        else
            ReportFolder.Write(report, ReportDirectory);

        Session = new PublishSession(report, policy, [.. rehearsal?.Images.Select(image => image.Base) ?? []]).Start(BuildEngine);
        Write(report);
    }

    // What keeps the inner builds from being asked is an error of its own; an exception for that error must not open the gate.
    private static Finding UndescribedPlatforms() => new(
        RuleCatalog.Get("MLC9006"),
        "The platforms of this publish could not be judged, because ports, tags or the repository hold a ';' that the SDK splits at.",
        "Remove the ';'.",
        new ValueSource.Property("ContainerRepository"));

    // An exception for what kept the base from being read must not open the gate either: nothing could be confirmed afterwards.
    private static Finding UninspectedBase() => new(
        RuleCatalog.Get("MLC9006"),
        "The base image of a platform could not be inspected, so what will be published is not known.",
        "Solve what is reported of the base image; an exception for it cannot replace the inspection.",
        new ValueSource.Property("ContainerBaseImage"));

    private ImmutableArray<Finding> Locate(ImmutableArray<Finding> findings)
    {
        using var locator = new ValueLocator(ProjectFile, GlobalProperties());
        return [.. findings.Select(finding =>
        {
            if (finding.Span is not null)
                return finding;

            (SourceSpan span, string remark) = locator.Locate(finding.Source);
            return finding with { Span = span, Message = remark.Length == 0 ? finding.Message : $"{finding.Message} {remark}" };
        })];
    }

    private IReadOnlyDictionary<string, string> GlobalProperties() =>
        BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties() : ImmutableDictionary<string, string>.Empty;

    private void Write(PublishReport report)
    {
        var log = new FindingLog(Log, ProjectFile);
        Finding[] shown =
        [
            .. report.Findings
                .Where(finding => finding.Suppression is null && finding.Severity != Severity.None)
                .Where(finding => finding.Fails(report.FailOn) || (!IsSecondLook && !IsShownByTheCompiler(finding)))
                .OrderBy(finding => finding.Fails(report.FailOn)).ThenBy(finding => finding.Severity),
        ];
        for (int i = 0; i < shown.Length; i++)
        {
            Finding finding = shown[i];
            string trailer = i == shown.Length - 1 && finding.Severity > Severity.Info && report.SarifPath is not null ? PublishSummary.ToTrailer(report) : "";
            if (!finding.Fails(report.FailOn))
                log.Write(finding, finding.Severity, trailer);
            else if (report.IsAudit && !finding.Rule.FailsInAudit)
                log.Write(finding, (Severity)Math.Min((int)finding.Severity, (int)Severity.Warning), trailer);
            else
                log.Write(finding, Severity.Error, trailer);
        }
    }

    // Where a compiler has run in this build it has shown its warnings; where it was skipped nobody has.
    private bool IsShownByTheCompiler(Finding finding) =>
        CSharpRules.Ids.Contains(finding.Rule.Id) && Compilations.Concat(PlatformFacts).Any(item => item.GetMetadata("HasCompiled") == "true");
}
