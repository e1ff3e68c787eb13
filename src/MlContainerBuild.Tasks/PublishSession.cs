using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks;

/// <summary>What the gate hands to the task that completes the report after the push, within one build on one node.</summary>
/// <param name="Bases">The verified base of each platform; empty when the publish went on without (audit).</param>
internal sealed record PublishSession(PublishReport Report, Policy Policy, ImmutableArray<VerifiedBase> Bases)
{
    public void Start(IBuildEngine engine)
    {
        if (engine is IBuildEngine4 engine4)
        {
            engine4.UnregisterTaskObject(Key(Report.ProjectPath), RegisteredTaskObjectLifetime.Build);
            engine4.RegisterTaskObject(Key(Report.ProjectPath), this, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        }
    }

    /// <summary>Null when no gate has run for the project in this build.</summary>
    public static PublishSession? Find(IBuildEngine engine, string projectPath) =>
        (engine as IBuildEngine4)?.GetRegisteredTaskObject(Key(projectPath), RegisteredTaskObjectLifetime.Build) as PublishSession;

    private static string Key(string projectPath) => "MlContainerBuild.Publish:" + projectPath;
}
