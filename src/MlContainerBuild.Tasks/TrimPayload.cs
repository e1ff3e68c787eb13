using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Payload.Leftovers;
using MlContainerBuild.Checks.Policies;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>Chooses what of a publish folder goes into the image when development's leftovers (MLC3024) are to stay out, and names them.</summary>
public sealed class TrimPayload : Task
{
    private const int MostNames = 5;

    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Absolute.</summary>
    [Required]
    public string PublishDirectory { get; set; } = "";

    /// <summary><c>ResolvedFileToPublish</c>: exceptions name files where they lie in the project.</summary>
    public ITaskItem[] PublishedFiles { get; set; } = [];

    public string? PolicyFile { get; set; }

    /// <summary>Whether anything is left out; without, the folder itself will do.</summary>
    [Output]
    public bool IsTrimmed { get; set; }

    /// <summary>The files of the image, with metadata <c>RelativePath</c>.</summary>
    [Output]
    public ITaskItem[] Kept { get; set; } = [];

    public override bool Execute()
    {
        try
        {
            // What is wrong with the policy is the gate's to say.
            Policy policy = PolicyReader.Load(Path.GetDirectoryName(ProjectFile)!, PolicyFile).Policy;
            PayloadTrim trim = PayloadTrim.Of(new PayloadSubject(PublishDirectory)
            {
                Origins = PublishedFilesCheck.Origins(PublishedFiles),
                ExceptionOf = new FindingJudge(policy, ProjectFile, TimeProvider.System).ExceptionFor,
            });
            IsTrimmed = trim.LeftOut.Length > 0;
            if (!IsTrimmed)
                return true;

            Kept = [.. trim.Kept.Select(file => new TaskItem(ProjectCollection.Escape(file.Path), new Dictionary<string, string> { ["RelativePath"] = ProjectCollection.Escape(file.RelativePath) }))];
            string names = string.Join(", ", trim.LeftOut.Take(MostNames)) + (trim.LeftOut.Length > MostNames ? $" and {trim.LeftOut.Length - MostNames} more" : "");
            Log.LogMessage(MessageImportance.High, "{0}", $"{Path.GetFileNameWithoutExtension(ProjectFile)}: MlContainerTrimPayload leaves {trim.LeftOut.Length} {(trim.LeftOut.Length == 1 ? "file" : "files")} of the publish folder out of the image: {names}.");
        }
        catch (Exception exception)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, Unexpected.Describe("The choice of what goes into the image", exception));
        }

        return !Log.HasLoggedErrors;
    }
}
