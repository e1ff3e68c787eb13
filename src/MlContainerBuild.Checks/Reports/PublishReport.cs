using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Reports;

/// <summary>
/// Everything a publish has to tell, for every writer. What is not required is not known yet, or never will be: a report can
/// be written when the intent is refused, when the rehearsal is, and after the push.
/// </summary>
public sealed record PublishReport
{
    /// <summary>Absolute path of the project file.</summary>
    public required string ProjectPath { get; init; }

    /// <summary>Absolute; null outside a repository.</summary>
    public string? RepositoryRoot { get; init; }

    /// <summary>The version of this package.</summary>
    public required string PackageVersion { get; init; }

    /// <summary>Judged by the policy; suppressed ones included.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>What was looked at, one phrase each: "image settings by 19 rules", "C# of 2 assemblies".</summary>
    public ImmutableArray<string> Checked { get; init; } = [];

    /// <summary>Rules that ran, with or without a finding.</summary>
    public ImmutableArray<Rule> Rules { get; init; } = [];

    /// <summary>The severity from which a finding fails the publish.</summary>
    public Severity FailOn { get; init; } = Severity.Error;

    /// <summary>Whether everything is reported and nothing fails.</summary>
    public bool IsAudit { get; init; }

    /// <summary>Whether the base image was fetched and judged: where the gate stops before, a second wave of findings may follow.</summary>
    public bool IsBaseImageInspected { get; init; }

    /// <summary>Whether this is written before a push that has not been confirmed: a publish that breaks off leaves it so.</summary>
    public bool IsPending { get; init; }

    /// <summary>What was published; empty before the push.</summary>
    public ImmutableArray<PublishedImage> Images { get; init; } = [];

    /// <summary>Absolute path of the SARIF report; null when none was written.</summary>
    public string? SarifPath { get; init; }

    /// <summary>The same for people, beside it.</summary>
    public string? HtmlPath => SarifPath is null ? null : Path.ChangeExtension(SarifPath, ".html");

    /// <summary>The runtime identifier of the one platform that this is about; null when it is about the whole publish.</summary>
    public string? Platform { get; init; }

    /// <summary>When the verdict was reached.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The policy that was applied.</summary>
    public Policy Policy { get; init; } = Policy.Default;

    /// <summary>Where the image is meant to go, as in <see cref="PublishedImage.Destination"/>.</summary>
    public string? Destination { get; init; }

    /// <summary>The base as the project names it, or as the SDK infers it.</summary>
    public BaseImage? BaseImage { get; init; }

    /// <summary>What is known of each platform's image, in the order of the runtime identifiers.</summary>
    public ImmutableArray<PlatformImage> Platforms { get; init; } = [];

    /// <summary>Models in the image, and those that the project declares.</summary>
    public ImmutableArray<ReportedModel> Models { get; init; } = [];

    /// <summary>How many findings are at or above <see cref="FailOn"/> and not suppressed.</summary>
    public int FailureCount => Findings.Count(finding => finding.Fails(FailOn));

    /// <summary>Whether the policy is met. In an audit the image is published all the same.</summary>
    public bool HasPassed => FailureCount == 0;

    /// <summary>Whether the image is where others can take it.</summary>
    public bool IsPublished => !Images.IsEmpty;

    /// <summary>Whether the steps that sign, attest or deploy are told of the image: not of one that must not be deployed.</summary>
    public bool IsHandedOver => IsPublished && (HasPassed || IsAudit);
}

/// <summary>One image, or one index of several, where a user finds it.</summary>
/// <param name="Destination"><c>registry/repository</c>, the local daemon's <c>repository</c>, or the absolute path of an archive.</param>
/// <param name="Tags">Without the repository.</param>
/// <param name="Digest">Of what the registry serves; null for a daemon or an archive, which have none.</param>
public sealed record PublishedImage(string Destination, ImmutableArray<string> Tags, string? Digest)
{
    public ImageDestination Kind =>
        Digest is not null ? ImageDestination.Registry
        : Path.IsPathFullyQualified(Destination) ? ImageDestination.Archive
        : ImageDestination.Daemon;
}

/// <summary>Where an image has gone.</summary>
public enum ImageDestination
{
    Registry,

    /// <summary>The local container engine. It has no digest there: the engine packs the layers anew when it pushes.</summary>
    Daemon,

    /// <summary>A file.</summary>
    Archive,
}
