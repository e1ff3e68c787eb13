using Microsoft.Build.Framework;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>Takes labels and variables out again in an inner build (see <see cref="FoldedItems"/>).</summary>
public sealed class UnfoldItems : Task
{
    /// <summary>The labels as the SDK has read them in the inner build.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary>False when the outer build folded nothing: the inner build's items stay as they are.</summary>
    [Output]
    public bool IsFolded { get; set; }

    [Output]
    public ITaskItem[] UnfoldedLabels { get; set; } = [];

    [Output]
    public ITaskItem[] UnfoldedEnvironmentVariables { get; set; } = [];

    public override bool Execute()
    {
        try
        {
            if (FoldedItems.Unfold(Labels) is (ITaskItem[] labels, ITaskItem[] variables))
            {
                IsFolded = true;
                UnfoldedLabels = labels;
                UnfoldedEnvironmentVariables = variables;
            }

            return true;
        }
        catch (FormatException exception)
        {
            Log.LogError(
                null, "MLC3040", null, BuildEngine.ProjectFileOfTaskNode, 0, 0, 0, 0,
                $"Labels and variables were damaged on their way into the build of one platform ({exception.Message}). Look for a target that changes the label '{FoldedItems.LabelName}', which this package uses to carry them.");
            return false;
        }
    }
}
