using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Policies;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>A task that is told the package's properties, and goes by the project's policy.</summary>
public abstract class PolicyTask : Task
{
    [Required]
    public string ProjectFile { get; set; } = "";

    public string? Enabled { get; set; }

    public string? Mode { get; set; }

    public string? FailOn { get; set; }

    public string? BuildSeverity { get; set; }

    public string? PushMode { get; set; }

    public string? TrimPayload { get; set; }

    public string? PolicyFile { get; set; }

    private protected GateOptions ReadOptions() => GateOptions.Read(Enabled, Mode, FailOn, BuildSeverity, PushMode, TrimPayload);

    private protected PolicyReadResult ReadPolicy() => PolicyReader.Load(Path.GetDirectoryName(ProjectFile)!, PolicyFile);
}
