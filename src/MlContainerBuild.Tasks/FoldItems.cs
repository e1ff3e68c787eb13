using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Images.Rules;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>Packs labels and variables for the journey into the SDK's inner builds (see <see cref="FoldedItems"/>).</summary>
public sealed class FoldItems : Task
{
    public ITaskItem[] Labels { get; set; } = [];

    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary>What travels beside them and cannot be folded: ports, tags, repository and registry.</summary>
    public ITaskItem[] Others { get; set; } = [];

    /// <summary>
    /// False when one of the others would be split on its way: then the inner builds are not even asked, as the SDK fails in them
    /// before anyone can say why (the gate does, with MLC3040).
    /// </summary>
    [Output]
    public bool CanTravel { get; set; }

    /// <summary>One label, or none when there is nothing to carry.</summary>
    [Output]
    public ITaskItem[] Folded { get; set; } = [];

    public override bool Execute()
    {
        CanTravel = !Others.Any(other => MultiPlatformDamageRule.IsSplit(other.ItemSpec) || MultiPlatformDamageRule.IsSplit(other.GetMetadata("Type")));
        Folded = Labels.Length + EnvironmentVariables.Length == 0 ? [] : [FoldedItems.Fold(Labels, EnvironmentVariables)];
        return true;
    }
}
