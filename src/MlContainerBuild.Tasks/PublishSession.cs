using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks;

/// <summary>Hands the gate's report to the task that completes it after the push, within one build on one node.</summary>
internal static class PublishSession
{
    public static void Start(IBuildEngine engine, PublishReport report)
    {
        if (engine is IBuildEngine4 engine4)
        {
            engine4.UnregisterTaskObject(Key(report.ProjectPath), RegisteredTaskObjectLifetime.Build);
            engine4.RegisterTaskObject(Key(report.ProjectPath), report, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        }
    }

    /// <summary>Null when no gate has run for the project in this build.</summary>
    public static PublishReport? Find(IBuildEngine engine, string projectPath) =>
        (engine as IBuildEngine4)?.GetRegisteredTaskObject(Key(projectPath), RegisteredTaskObjectLifetime.Build) as PublishReport;

    private static string Key(string projectPath) => "MlContainerBuild.Publish:" + projectPath;
}
