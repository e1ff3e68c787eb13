using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Archives;
using MlContainerBuild.Checks.Images.Confirmation;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>
/// After the push: reads the image back and compares it with what was rehearsed, says where it went, completes the report,
/// and hands the digest to the CI system. With <c>MlContainerPushMode=VerifiedArchive</c> it verifies and pushes first.
/// </summary>
public sealed class ReportPublish : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>What the gate has left.</summary>
    public string Session { get; set; } = "";

    /// <summary>As for <see cref="CheckContainer"/>, as they were right before the push.</summary>
    public ITaskItem[] Facts { get; set; } = [];

    public ITaskItem[] PlatformFacts { get; set; } = [];

    public bool IsMultiPlatform { get; set; }

    public string? Registry { get; set; }

    public string? Repository { get; set; }

    public ITaskItem[] Tags { get; set; } = [];

    /// <summary>Where the SDK has written an archive instead of pushing.</summary>
    public string? Archive { get; set; }

    /// <summary>Whether the archive has to hold what was rehearsed.</summary>
    public bool VerifiesArchive { get; set; }

    /// <summary>Whether the archive is on its way to the registry or the local engine, and is handed over here.</summary>
    public bool PushesArchive { get; set; }

    /// <summary>Of the one image; empty when several were joined in an index.</summary>
    public string? Digest { get; set; }

    /// <summary>The index as the SDK has pushed it, as JSON.</summary>
    public string? ImageIndex { get; set; }

    /// <summary>Items with metadata <c>Manifest</c> and <c>Configuration</c>: what the SDK says it has made.</summary>
    public ITaskItem[] GeneratedContainers { get; set; } = [];

    public void Cancel() => cancellation.Cancel();

    public void Dispose() => cancellation.Dispose();

    public override bool Execute()
    {
        if (PublishSession.Find(BuildEngine, Session) is not PublishSession session)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, "The published image could not be compared with the checked one, because what the gate has found is not there any more. Do not deploy what was pushed; publish with 'dotnet publish' instead of another host of MSBuild.");
            return false;
        }

        try
        {
            Complete(session);
        }
        catch (OperationCanceledException)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, $"The comparison of the published image with the checked one was cancelled. The image {(PushesArchive ? "may have" : "has")} been published and is not confirmed.");
        }
        catch (Exception exception)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, Unexpected.Describe("The confirmation of the published image", exception, $"The image {(PushesArchive ? "may have" : "has")} been published and is not confirmed."));
        }

        return !Log.HasLoggedErrors;
    }

    private void Complete(PublishSession session)
    {
        PublishFacts publish = PublishFacts.Read(ProjectFile, Facts, PlatformFacts, [], IsMultiPlatform);
        PublishReport report = session.Report;

        // What a target has set after the gate was refused there, and in an audit only told: the report must count it.
        ImmutableArray<Finding> late = [.. SettingsCheck.Run(publish, session.Policy).Where(finding => !report.Findings.Any(known => known.Rule == finding.Rule && known.Source == finding.Source))];
        report = report with { Findings = report.Findings.AddRange(new FindingJudge(session.Policy, ProjectFile, TimeProvider.System).Judge(late)) };

        // In an audit the publish may have gone on without a base that could be read; that has been said.
        bool hasBases = session.Bases.Length == publish.Platforms.Length;
        ArchiveVerification? archive = null;
        if (VerifiesArchive && hasBases)
        {
            archive = ConfirmationCheck.VerifyArchive(publish, session.Bases, Archive ?? "", cancellation.Token);
            report = Judge(archive.Findings, session, report with { Checked = report.Checked.Add($"the archive, every byte of it{(PushesArchive ? $", before it was {(Registry is { Length: > 0 } ? "pushed" : "loaded")}" : "")}") });
            if (Log.HasLoggedErrors)
            {
                Write(report);
                return;
            }
        }

        // Nothing can be compared with a base that was never inspected: an archive is not pushed, and what was pushed is not confirmed.
        if (!hasBases && !report.IsAudit)
        {
            // A finding, not only an error of the build: with a verdict that has passed the image would be handed over.
            var unconfirmed = new Finding(
                RuleCatalog.Get("MLC9006"),
                "What the publish has made could not be compared with what was checked, because the base image of a platform was never inspected.",
                PushesArchive ? "Nothing has been pushed." : "Do not deploy the image.",
                new ValueSource.Property("ContainerBaseImage"));
            new FindingLog(Log, ProjectFile).Write(unconfirmed, Severity.Error);
            report = report with { Findings = report.Findings.Add(unconfirmed) };
            if (PushesArchive)
            {
                Write(report);
                return;
            }
        }

        if (PushesArchive && HandOver(publish, archive) is { } failure)
        {
            // A hand-over that fails is no verdict, so that an audit fails with it, too.
            new FindingLog(Log, ProjectFile).Write(failure, Severity.Error);
            Write(report with { Findings = report.Findings.Add(failure) });
            return;
        }

        PublishedImage image = DescribeImage(archive?.Digest);
        report = report with { Images = [image] };
        if (hasBases)
        {
            IEnumerable<GeneratedImage> generated = GeneratedContainers
                .Select(container => new GeneratedImage(container.GetMetadata("Manifest"), container.GetMetadata("Configuration"))).Distinct();
            ImageConfirmation confirmation = ConfirmationCheck.Run(publish, session.Bases, session.Destination, image.Digest, PlatformTags(publish), generated, cancellation.Token);
            report = Judge(confirmation.Findings, session, report with
            {
                Platforms = PlatformImages.Complete(report.Platforms, confirmation),
                Checked = report.Checked.Add(image.Digest is not null ? "the published image, read back by its digest" : PushesArchive ? "what the local engine calls by the image's names" : "what the SDK says it has made"),
            });
        }

        Write(report);

        // "project -> …" is the one form of message that the Terminal Logger shows: as the project's output.
        string name = Path.GetFileNameWithoutExtension(ProjectFile);
        Log.LogMessage(MessageImportance.High, "{0} -> {1}", name, PublishSummary.ToLine(report));
        Log.LogMessage(MessageImportance.High, "{0}", PublishSummary.ToText(report));
    }

    // Null when the very bytes that were verified are where the publish was to bring them.
    private Finding? HandOver(PublishFacts publish, ArchiveVerification? archive)
    {
        if (Registry is { Length: > 0 } registry)
        {
            string? problem = ArchivePush.PushAsync(Archive!, registry, Repository!, TagNames, RegistryEnvironment.Current, cancellation.Token).GetAwaiter().GetResult();
            return problem is null ? null : Failure(problem, "Repair the access to the registry and publish again.", "ContainerRegistry");
        }

        LocalEngine? engine = LocalEngine.FindAsync(publish.LocalEngine, RegistryEnvironment.Current, cancellation.Token).GetAwaiter().GetResult();
        if (engine is null)
            return Failure("Neither docker nor podman answers on this machine.", "Start one of them, or set ContainerRegistry, and publish again.", "LocalRegistry");

        ImmutableArray<string> verified = archive is { Digest: { } digest } ? archive.Configurations.Add(digest) : [];
        string? trouble = engine.LoadAsync(Archive!, Repository!, TagNames, verified, cancellation.Token).GetAwaiter().GetResult();
        return trouble is null ? null : Failure(trouble, "Repair the local engine and publish again.", "LocalRegistry");

        static Finding Failure(string problem, string fix, string property) =>
            new(RuleCatalog.Get("MLC9006"), $"The verified archive has not been published. {problem}", fix, new ValueSource.Property(property));
    }

    private PublishReport Judge(ImmutableArray<Finding> findings, PublishSession session, PublishReport report)
    {
        var log = new FindingLog(Log, ProjectFile);
        ImmutableArray<Finding> judged = new FindingJudge(session.Policy, ProjectFile, TimeProvider.System).Judge(findings);
        foreach (Finding finding in judged.Where(finding => finding.Suppression is null))
        {
            bool fails = finding.Fails(report.FailOn) && !report.IsAudit;
            log.Write(finding, fails ? Severity.Error : (Severity)Math.Min((int)finding.Severity, (int)Severity.Warning));
        }

        return report with { Findings = report.Findings.AddRange(judged) };
    }

    private void Write(PublishReport report)
    {
        try
        {
            if (report.SarifPath is not null)
            {
                SarifWriter.WriteFile(report, report.SarifPath);
                ReportFolder.Write(report, Path.GetDirectoryName(report.SarifPath)!);
            }

            Append("GITHUB_STEP_SUMMARY", GitHubActions.ToStepSummary(report));
            Append("GITHUB_OUTPUT", GitHubActions.ToOutput(report));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LogWarning(null, "MLC9009", null, ProjectFile, 0, 0, 0, 0, $"The report of the publish could not be completed: {exception.Message} {(report.Images.IsEmpty ? "Nothing" : "The image itself")} has been published.");
        }
    }

    // The SDK names the image of each platform, too; with an archive it does not push.
    private IEnumerable<PublishedTag> PlatformTags(PublishFacts publish) => publish.IsMultiPlatform && Archive is not { Length: > 0 }
        ? from platform in publish.Platforms from tag in TagNames select new PublishedTag($"{tag}-{platform.RuntimeIdentifier}", platform.RuntimeIdentifier)
        : [];

    private ImmutableArray<string> TagNames => [.. Tags.Select(tag => tag.ItemSpec)];

    private PublishedImage DescribeImage(string? verifiedDigest)
    {
        ImmutableArray<string> tags = TagNames;
        if (Archive is { Length: > 0 } && !PushesArchive)
            return new PublishedImage(Archive, tags, Digest: null);

        // The engine packs the layers anew when somebody pushes from there: no registry will know the archive's digest.
        if (Registry is not { Length: > 0 })
            return new PublishedImage(Repository ?? "", tags, Digest: null);

        if (verifiedDigest is not null)
            return new PublishedImage($"{Registry}/{Repository}", tags, verifiedDigest);

        string? digest = ImageIndex is { Length: > 0 } ? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ImageIndex))) : Digest;
        return new PublishedImage($"{Registry}/{Repository}", tags, digest);
    }

    private static void Append(string variable, string text)
    {
        if (text.Length > 0 && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path)
            File.AppendAllText(path, text);
    }
}
