using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Tasks;

/// <summary>In <c>dotnet build</c>: says early what a publish would refuse in the policy file and in the package's properties.</summary>
public sealed class CheckPolicy : PolicyTask
{
    /// <summary>True when there was nothing to say, so that nothing need be said again until a file changes.</summary>
    [Output]
    public bool IsClean { get; set; }

    public override bool Execute()
    {
        try
        {
            GateOptions options = ReadOptions();
            PolicyReadResult policy = ReadPolicy();
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
