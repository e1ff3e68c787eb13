using Microsoft.Build.Framework;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>Packs labels and variables for the journey into the SDK's inner builds (see <see cref="FoldedItems"/>).</summary>
public sealed class FoldItems : Task
{
    public ITaskItem[] Labels { get; set; } = [];

    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary>One label, or none when there is nothing to carry.</summary>
    [Output]
    public ITaskItem[] Folded { get; set; } = [];

    public override bool Execute()
    {
        Folded = Labels.Length + EnvironmentVariables.Length == 0 ? [] : [FoldedItems.Fold(Labels, EnvironmentVariables)];
        return true;
    }
}
