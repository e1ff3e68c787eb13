using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Confirmation;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>
/// After the push: reads the image back and compares it with what was rehearsed, says where it went, completes the report,
/// and hands the digest to the CI system.
/// </summary>
public sealed class ReportPublish : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>As for <see cref="CheckContainer"/>, as they were right before the push.</summary>
    public ITaskItem[] Facts { get; set; } = [];

    public ITaskItem[] PlatformFacts { get; set; } = [];

    public bool IsMultiPlatform { get; set; }

    public string? Registry { get; set; }

    public string? Repository { get; set; }

    public ITaskItem[] Tags { get; set; } = [];

    /// <summary>Where the SDK has written an archive instead of pushing.</summary>
    public string? Archive { get; set; }

    /// <summary>Of the one image; empty when several were joined in an index.</summary>
    public string? Digest { get; set; }

    /// <summary>The index as the SDK has pushed it, as JSON.</summary>
    public string? ImageIndex { get; set; }

    /// <summary>Items with metadata <c>Configuration</c>: what the SDK says it has made.</summary>
    public ITaskItem[] GeneratedContainers { get; set; } = [];

    public void Cancel() => cancellation.Cancel();

    public void Dispose() => cancellation.Dispose();

    public override bool Execute()
    {
        if (PublishSession.Find(BuildEngine, ProjectFile) is not PublishSession session)
            return true;

        try
        {
            Complete(session);
        }
        catch (OperationCanceledException)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, "The comparison of the published image with the checked one was cancelled. The image has been published and is not confirmed.");
        }
        catch (Exception exception)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, Unexpected.Describe("The confirmation of the published image", exception));
        }

        return !Log.HasLoggedErrors;
    }

    private void Complete(PublishSession session)
    {
        PublishedImage image = DescribeImage();
        PublishFacts publish = PublishFacts.Read(ProjectFile, Facts, PlatformFacts, [], IsMultiPlatform);
        PublishReport report = session.Report with { Images = [image] };
        var log = new FindingLog(Log, ProjectFile);

        // In an audit the publish may have gone on without a base that could be read; that has been said.
        if (session.Bases.Length == publish.Platforms.Length)
        {
            string[] configurations = [.. GeneratedContainers.Select(container => container.GetMetadata("Configuration")).Distinct(StringComparer.Ordinal)];
            ImageConfirmation confirmation = ConfirmationCheck.Run(publish, session.Bases, image.Digest, configurations, cancellation.Token);
            ImmutableArray<Finding> judged = new FindingJudge(session.Policy, ProjectFile, TimeProvider.System).Judge(confirmation.Findings);
            report = report with
            {
                Findings = report.Findings.AddRange(judged),
                Platforms = PlatformImages.Complete(report.Platforms, confirmation),
                Checked = report.Checked.Add(image.Digest is null ? "what the SDK says it has made" : "the published image, read back by its digest"),
            };
            foreach (Finding finding in judged.Where(finding => finding.Suppression is null))
            {
                bool fails = finding.Fails(report.FailOn) && !report.IsAudit;
                log.Write(finding, fails ? Severity.Error : (Severity)Math.Min((int)finding.Severity, (int)Severity.Warning));
            }
        }

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
            Log.LogWarning(null, "MLC9009", null, ProjectFile, 0, 0, 0, 0, $"The report of the publish could not be completed: {exception.Message} The image itself has been published.");
        }

        // "project -> …" is the one form of message that the Terminal Logger shows: as the project's output.
        string name = Path.GetFileNameWithoutExtension(ProjectFile);
        Log.LogMessage(MessageImportance.High, "{0} -> {1}", name, PublishSummary.ToLine(report));
        Log.LogMessage(MessageImportance.High, "{0}", PublishSummary.ToText(report));
    }

    private PublishedImage DescribeImage()
    {
        ImmutableArray<string> tags = [.. Tags.Select(tag => tag.ItemSpec)];
        if (Archive is { Length: > 0 })
            return new PublishedImage(Archive, tags, Digest: null);

        if (Registry is not { Length: > 0 })
            return new PublishedImage(Repository ?? "", tags, Digest: null);

        string? digest = ImageIndex is { Length: > 0 } ? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ImageIndex))) : Digest;
        return new PublishedImage($"{Registry}/{Repository}", tags, digest);
    }

    private static void Append(string variable, string text)
    {
        if (text.Length > 0 && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path)
            File.AppendAllText(path, text);
    }
}
