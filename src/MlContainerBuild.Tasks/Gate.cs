using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Models.Rules;
using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks;

/// <summary>Judges one publish, or one platform of it, by the project's policy.</summary>
internal sealed class Gate(string projectFile, GateOptions options, PolicyReadResult policyFile, Severity failOn)
{
    private readonly FindingJudge judge = new(policyFile.Policy, projectFile, TimeProvider.System);

    public Policy Policy => policyFile.Policy;

    /// <summary>Every rule that has a say here, with or without a finding.</summary>
    public static ImmutableArray<string> RuleIds { get; } = [.. ContainerRules.RuleIds, .. PayloadCheck.RuleIds, .. ModelCheck.RuleIds];

    /// <summary>What every report of this publish says.</summary>
    public PublishReport Report { get; } = new()
    {
        ProjectPath = projectFile,
        RepositoryRoot = PolicyLocator.FindRepositoryRoot(Path.GetDirectoryName(projectFile)!),
        PackageVersion = PackageVersion.Current,
        Findings = [],
        Rules = [.. RuleIds.Select(RuleCatalog.Get)],
        FailOn = failOn,
        IsAudit = options.IsAudit,
    };

    /// <summary>A finding of nobody's rule run, judged together with what the options and the policy file have shown.</summary>
    public ImmutableArray<Finding> Judge(Finding finding) => judge.Judge([.. options.Findings, .. policyFile.Findings, finding]);

    /// <summary>
    /// Everything that is known offline; only when that has passed, the base image and the configuration that will come of it.
    /// </summary>
    /// <param name="runtimeIdentifierGraph">The file by which the SDK chooses a platform of the base image.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Judgement Judge(PublishFacts publish, string runtimeIdentifierGraph, CancellationToken cancellation)
    {
        // What needs nothing of the rest goes on beside it: most of the time goes into code that runs once.
        Task<ModelsCheck> readingModels = Task.Run(() => ModelsCheck.Run(publish, cancellation), cancellation);
        Task<RehearsalCheck> readingBase = Task.Run(() => RehearsalCheck.PrepareAsync(publish, Policy, runtimeIdentifierGraph, cancellation), cancellation);

        var examined = new List<string> { $"container settings by {ContainerRules.RuleIds.Length} rules" };
        ImmutableArray<Finding> compiled = [.. CompilationCheck.Run(publish, projectFile, examined, cancellation)];
        var paths = new HashSet<string>(StringComparer.Ordinal) { projectFile };
        ImmutableArray<Finding> published = [.. PublishedFilesCheck.Run(publish, judge, compiled, examined, paths, cancellation)];
        ModelsCheck models = readingModels.GetAwaiter().GetResult();
        examined.Add(models.Models.Length == 1 ? "1 model" : $"{models.Models.Length} models");
        ImmutableArray<Finding> found =
        [
            .. options.Findings,
            .. policyFile.Findings,
            .. PushModeCheck.Run(options, publish),
            .. SettingsCheck.Run(publish, Policy),
            .. compiled,
            .. published,
            .. models.Findings,
        ];
        found = PublishedFilesCheck.WithoutRepeated(found);
        ImmutableArray<Finding> judged = judge.Judge(found);
        if (publish.Platforms.IsEmpty && !Fails(judged))
            judged = judged.Add(UndescribedPlatforms());

        // No network before everything that is known without it has passed.
        ImmutableArray<EffectiveImage> images = [];
        if (!publish.Platforms.IsEmpty && (options.IsAudit || !Fails(judged)))
        {
            ImageRehearsal rehearsal = readingBase.GetAwaiter().GetResult().Run(publish, Policy, found, cancellation);
            images = rehearsal.Images;
            judged = judge.Judge([.. found, .. rehearsal.Findings]);
            if (images.Length != publish.Platforms.Length && !Fails(judged))
                judged = judged.Add(UninspectedBase());

            examined.Add($"the base image and the effective configuration of {images.Length} {(images.Length == 1 ? "platform" : "platforms")}");
        }

        cancellation.ThrowIfCancellationRequested();
        return new Judgement(judged, images, models.Models, [.. examined], [.. paths]);
    }

    /// <summary>What is to be said of the policy's own exceptions, once every finding is there.</summary>
    public ImmutableArray<Finding> ReviewExceptions(Judgement judgement) =>
        judge.ReviewExceptions(judgement.Findings, new Examination([.. RuleIds], judgement.Paths));

    private bool Fails(ImmutableArray<Finding> findings) => findings.Any(finding => finding.Fails(failOn));

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

}

/// <summary>What a gate has come to.</summary>
/// <param name="Images">The rehearsed image of each platform; fewer than platforms when it stopped before.</param>
/// <param name="Models">Those in the image, and those the project declares.</param>
/// <param name="Examined">What was looked at, one phrase each.</param>
/// <param name="Paths">The files that were looked at, the project among them: of each an exception can be called unused.</param>
internal sealed record Judgement(
    ImmutableArray<Finding> Findings, ImmutableArray<EffectiveImage> Images, ImmutableArray<ReportedModel> Models, ImmutableArray<string> Examined, ImmutableHashSet<string> Paths);
