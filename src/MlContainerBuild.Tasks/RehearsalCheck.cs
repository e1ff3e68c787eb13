using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Tasks;

/// <summary>Reads and verifies the base image and judges what each platform's image is going to be. Uses the network.</summary>
internal static class RehearsalCheck
{
    /// <param name="runtimeIdentifierGraph">The file that the SDK chooses platforms by.</param>
    /// <param name="known">What the intent has shown.</param>
    public static ImageRehearsal Run(
        PublishFacts publish, Policy policy, string runtimeIdentifierGraph, ImmutableArray<Finding> known, CancellationToken cancellation)
    {
        if (!RuntimeIdentifierGraph.TryRead(runtimeIdentifierGraph, out RuntimeIdentifierGraph? graph, out string? error))
            return new ImageRehearsal([], [new Finding(RuleCatalog.Get("MLC9006"), $"The base image cannot be chosen: {error}.", "Repair the installation of the .NET SDK.", ValueSource.Sdk.Instance)]);

        RegistryEnvironment environment = RegistryEnvironment.Current;
        var reader = new BaseImageReader(environment, BlobCache.ForUser(environment), graph);
        return ImageRehearsal.RunAsync(reader, publish.Intent, [.. publish.Platforms.Select(platform => platform.Intent)], policy, known, cancellation)
            .GetAwaiter().GetResult();
    }
}
