using System.Security.Cryptography;
using System.Text;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Reports;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>After the push: says where the image went, completes the report, and hands the digest to the CI system.</summary>
public sealed class ReportPublish : Task
{
    [Required]
    public string ProjectFile { get; set; } = "";

    public string? Registry { get; set; }

    public string? Repository { get; set; }

    public ITaskItem[] Tags { get; set; } = [];

    public string? Archive { get; set; }

    /// <summary>Of the one image; empty when several were joined in an index.</summary>
    public string? Digest { get; set; }

    /// <summary>The index as the SDK has pushed it, as JSON.</summary>
    public string? ImageIndex { get; set; }

    public override bool Execute()
    {
        if (PublishSession.Find(BuildEngine, ProjectFile) is not PublishReport report)
            return true;

        report = report with { Images = [DescribeImage()] };
        try
        {
            if (report.SarifPath is not null)
                SarifWriter.WriteFile(report, report.SarifPath);

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
        return !Log.HasLoggedErrors;
    }

    private PublishedImage DescribeImage()
    {
        if (Archive is { Length: > 0 })
            return new PublishedImage(Archive, [.. Tags.Select(tag => tag.ItemSpec)], Digest: null);

        bool hasRegistry = Registry is { Length: > 0 };
        string? digest = ImageIndex is { Length: > 0 } ? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ImageIndex))) : Digest;
        return new PublishedImage(
            hasRegistry ? $"{Registry}/{Repository}" : Repository ?? "",
            [.. Tags.Select(tag => tag.ItemSpec)],
            hasRegistry ? digest : null);
    }

    private static void Append(string variable, string text)
    {
        if (text.Length > 0 && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path)
            File.AppendAllText(path, text);
    }
}
