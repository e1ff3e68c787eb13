using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>In <c>dotnet build</c>: says early what a publish would refuse in the policy file and in the package's properties.</summary>
public sealed class CheckPolicy : Task
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

    /// <summary>True when there was nothing to say, so that nothing need be said again until a file changes.</summary>
    [Output]
    public bool IsClean { get; set; }

    public override bool Execute()
    {
        try
        {
            GateOptions options = GateOptions.Read(Enabled, Mode, FailOn, BuildSeverity, PushMode, TrimPayload);
            PolicyReadResult policy = PolicyReader.Load(Path.GetDirectoryName(ProjectFile)!, PolicyFile);
            var log = new FindingLog(Log, ProjectFile);
            ImmutableArray<Finding> findings = options.Findings.AddRange(policy.Findings);
            foreach (Finding finding in findings)
            {
                log.Write(finding, options.BuildSeverity);
            }

            IsClean = findings.IsEmpty;

            return !Log.HasLoggedErrors;
        }
        catch (Exception exception)
        {
            Log.LogWarning(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, Unexpected.Describe("The check of the policy file", exception, "The build goes on; a publish will refuse."));
            return true;
        }
    }
}
