using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Tasks;

/// <summary>Reads and verifies the base image and judges what each platform's image is going to be.</summary>
internal sealed class RehearsalCheck
{
    private readonly BaseImageReader? reader;
    private readonly BaseImageReading? cached;
    private readonly string? error;

    private RehearsalCheck(BaseImageReader? reader, BaseImageReading? cached, string? error) => (this.reader, this.cached, this.error) = (reader, cached, error);

    /// <summary>What can be done before it is known whether the network may be used: a pinned base may be in the cache.</summary>
    /// <param name="runtimeIdentifierGraph">The file that the SDK chooses platforms by.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<RehearsalCheck> PrepareAsync(PublishFacts publish, Policy policy, string runtimeIdentifierGraph, CancellationToken cancellation)
    {
        if (!RuntimeIdentifierGraph.TryRead(runtimeIdentifierGraph, out RuntimeIdentifierGraph? graph, out string? error))
            return new RehearsalCheck(null, null, error);

        RegistryEnvironment environment = RegistryEnvironment.Current;
        var reader = new BaseImageReader(environment, BlobCache.ForUser(environment), graph);
        return new RehearsalCheck(reader, await reader.ReadCachedAsync(publish.Intent, policy, cancellation).ConfigureAwait(false), error: null);
    }

    /// <summary>Uses the network where the cache does not hold the base.</summary>
    /// <param name="known">What the intent has shown.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ImageRehearsal Run(PublishFacts publish, Policy policy, ImmutableArray<Finding> known, CancellationToken cancellation)
    {
        if (reader is null)
            return new ImageRehearsal([], [new Finding(RuleCatalog.Get("MLC9006"), $"The base image cannot be chosen: {error}.", "Repair the installation of the .NET SDK.", ValueSource.Sdk.Instance)]);

        BaseImageReading reading = cached ?? reader.ReadAsync(publish.Intent, policy, cancellation).GetAwaiter().GetResult();
        return ImageRehearsal.Run(reading, publish.Intent, [.. publish.Platforms.Select(platform => platform.Intent)], policy, known);
    }
}
