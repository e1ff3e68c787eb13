using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks;

/// <summary>What the gate hands to the task that completes the report after the push, within one build on one node.</summary>
/// <param name="Bases">The verified base of each platform; empty when the publish went on without (audit).</param>
/// <param name="Destination">Where the image is read back from; null where it goes to no registry, or nowhere.</param>
internal sealed record PublishSession(PublishReport Report, Policy Policy, ImmutableArray<VerifiedBase> Bases, Destination? Destination) : IDisposable
{
    /// <summary>MSBuild does at the end of the build.</summary>
    public void Dispose() => Destination?.Dispose();

    /// <summary>Keeps the session until the end of the build, and returns the name it is found by: one project may be published twice in a build.</summary>
    public string Start(IBuildEngine engine)
    {
        string name = Guid.NewGuid().ToString("N");
        (engine as IBuildEngine4)?.RegisterTaskObject(Key(name), this, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return name;
    }

    /// <summary>Null when no gate of this build has started a session of that name.</summary>
    public static PublishSession? Find(IBuildEngine engine, string name) =>
        (engine as IBuildEngine4)?.GetRegisteredTaskObject(Key(name), RegisteredTaskObjectLifetime.Build) as PublishSession;

    private static string Key(string name) => "MlContainerBuild.Publish:" + name;
}
