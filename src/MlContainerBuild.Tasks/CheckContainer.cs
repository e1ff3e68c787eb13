using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Compilations;
using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>
/// The gate at the intent moment: judges what a publish is about to do, before the SDK pulls or pushes anything. Offline.
/// Reports every finding at once, writes the SARIF report, and fails the build when the policy says so.
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

    public string? Mode { get; set; }

    public string? FailOn { get; set; }

    public string? BuildSeverity { get; set; }

    public string? PolicyFile { get; set; }

    [Required]
    public string ReportDirectory { get; set; } = "";

    /// <summary>True when nothing stands in the way of the publish.</summary>
    [Output]
    public bool HasPassed { get; set; }

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

    private void Check()
    {
        string projectDirectory = Path.GetDirectoryName(ProjectFile)!;
        GateOptions options = GateOptions.Read(Mode, FailOn, BuildSeverity);
        PolicyReadResult policyFile = PolicyReader.Load(projectDirectory, PolicyFile);
        Policy policy = policyFile.Policy;

        var found = new List<Finding>([.. options.Findings, .. policyFile.Findings]);
        var examined = new List<string>();
        if (IsContainerMissing)
        {
            found.Add(MissingContainerRule.Check(ProjectFile));
        }
        else
        {
            found.AddRange(CheckSettings(policy));
            examined.Add($"container settings by {ContainerRules.RuleIds.Length} rules");
            found.AddRange(CheckCompilations(examined));
        }

        cancellation.Token.ThrowIfCancellationRequested();
        var judge = new FindingJudge(policy, ProjectFile, TimeProvider.System);
        ImmutableArray<Finding> judged = judge.Judge([.. found]);
        if (!IsSecondLook && !IsContainerMissing)
        {
            ImmutableHashSet<string> rules = [.. ContainerRules.RuleIds];
            judged = judged.AddRange(judge.ReviewExceptions(judged, new Examination(rules, [ProjectFile])));
        }

        Severity failOn = options.FailOn ?? policy.FailOn ?? Severity.Error;
        if (IsMultiPlatform && PlatformFacts.Length == 0 && !judged.Any(finding => finding.Fails(failOn)))
            judged = judged.Add(UndescribedPlatforms());

        var report = new PublishReport
        {
            ProjectPath = ProjectFile,
            RepositoryRoot = PolicyLocator.FindRepositoryRoot(projectDirectory),
            PackageVersion = PackageVersion.Current,
            Findings = Locate(judged),
            Checked = [.. examined],
            Rules = [.. ContainerRules.RuleIds.Select(RuleCatalog.Get)],
            FailOn = failOn,
            IsAudit = options.IsAudit,
            SarifPath = IsSecondLook || IsContainerMissing ? null : Path.Combine(ReportDirectory, "report.sarif"),
        };
        if (report.SarifPath is not null)
        {
            SarifWriter.WriteFile(report, report.SarifPath);
            PublishSession.Start(BuildEngine, report);
        }

        Write(report);
    }

    private IEnumerable<Finding> CheckSettings(Policy policy)
    {
        ContainerIntent intent = new ContainerFacts(ProjectFile, Facts).ReadIntent(IsMultiPlatform);
        if (!IsMultiPlatform)
            return ContainerRules.Check(new ContainerSubject(intent, intent.Settings, policy, IsEffective: false));

        // User, directory and command of the outer build reach no image: each inner build sets its own.
        ImageSettings shared = intent.Settings with { User = null, WorkingDirectory = null, Command = [] };
        var found = new List<Finding>(ContainerRules.Check(new ContainerSubject(intent, shared, policy, IsEffective: false)));
        var byPlatform = PlatformFacts.GroupBy(fact => fact.GetMetadata("Platform")).ToList();
        var ofPlatforms = new List<Finding>();
        foreach (IGrouping<string, ITaskItem> platform in byPlatform)
        {
            ContainerIntent inner = new ContainerFacts(ProjectFile, [.. platform]).ReadIntent(isMultiPlatform: false);
            ofPlatforms.AddRange(ContainerRules.Check(new ContainerSubject(inner, inner.Settings, policy, IsEffective: false) { RuntimeIdentifier = platform.Key })
                .Where(finding => !found.Any(known => IsSame(known, finding)))
                .Select(finding => finding with { RuntimeIdentifier = platform.Key }));
        }

        return found.Concat(PlatformFindings.Merge(ofPlatforms, byPlatform.Count));

        // The inner build's tags end with the platform, so a message about a tag differs and its source does not.
        static bool IsSame(Finding known, Finding finding) => known.Rule == finding.Rule && known.Source == finding.Source;
    }

    private IEnumerable<Finding> CheckCompilations(List<string> examined)
    {
        if (!IsMultiPlatform)
            return Attest(Compilations, new ContainerFacts(ProjectFile, Facts), examined);

        var byPlatform = PlatformFacts.GroupBy(fact => fact.GetMetadata("Platform")).ToList();
        var found = new List<Finding>();
        foreach (IGrouping<string, ITaskItem> platform in byPlatform)
        {
            found.AddRange(Attest(platform.Where(fact => fact.GetMetadata("Kind") == "Compilation"), new ContainerFacts(ProjectFile, [.. platform]), examined)
                .Select(finding => finding with { RuntimeIdentifier = platform.Key }));
        }

        return PlatformFindings.Merge(found, byPlatform.Count);
    }

    private ImmutableArray<Finding> Attest(IEnumerable<ITaskItem> compilations, ContainerFacts facts, List<string> examined)
    {
        string publishDirectory = facts.Property("PublishDir");
        bool isTrimmed = facts.Property("PublishTrimmed") == "true";
        ITaskItem[] distinct = [.. compilations.DistinctBy(item => (item.GetMetadata("Project"), item.GetMetadata("Assembly")))];
        CompilationEvidence evidence = CompilationEvidence.Attest(
            [.. distinct.Select(item => ReadAssembly(item, publishDirectory, isTrimmed))],
            [.. distinct.Select(item => item.GetMetadata("Evidence")).Where(path => path.Length > 0)],
            ProjectFile,
            cancellation.Token);
        examined.Add($"C# of {evidence.AttestedAssemblies.Length} of {distinct.Length} assemblies");
        return evidence.Findings;
    }

    private static ImageAssembly ReadAssembly(ITaskItem compilation, string publishDirectory, bool isTrimmed)
    {
        string intermediate = compilation.GetMetadata("Assembly");
        string published = Path.Combine(publishDirectory, Path.GetFileName(intermediate));

        // A trimmed file is another one, and in a single-file or native image there is none: the input of that step stands for it.
        return new ImageAssembly(
            !isTrimmed && File.Exists(published) ? published : intermediate,
            compilation.GetMetadata("Project"),
            compilation.GetMetadata("IsAnalyzed") == "true");
    }

    // What keeps the inner builds from being asked is an error of its own; an exception for that error must not open the gate.
    private static Finding UndescribedPlatforms() => new(
        RuleCatalog.Get("MLC9006"),
        "The platforms of this publish could not be judged, because ports, tags or the repository hold a ';' that the SDK splits at.",
        "Remove the ';'.",
        new ValueSource.Property("ContainerRepository"));

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
                .Where(finding => finding.Fails(report.FailOn) || (!IsSecondLook && !CSharpRules.Ids.Contains(finding.Rule.Id)))
                .OrderBy(finding => finding.Fails(report.FailOn)).ThenBy(finding => finding.Severity),
        ];
        for (int i = 0; i < shown.Length; i++)
        {
            Finding finding = shown[i];
            string trailer = i == shown.Length - 1 && finding.Severity > Severity.Info && report.SarifPath is not null ? PublishSummary.ToTrailer(report) : "";
            if (!finding.Fails(report.FailOn))
                log.Write(finding, finding.Severity, trailer);
            else if (report.IsAudit && !FailsInAuditToo(finding.Rule))
                log.Write(finding, (Severity)Math.Min((int)finding.Severity, (int)Severity.Warning), trailer);
            else
                log.Write(finding, Severity.Error, trailer);
        }
    }

    // What the user said cannot be read, so neither can whether an audit was meant.
    private static bool FailsInAuditToo(Rule rule) => rule.Id is "MLC9001" or "MLC9008";
}
