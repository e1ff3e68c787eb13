using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Registries;

namespace MlContainerBuild.Tasks;

/// <summary>
/// The registry that an image goes to. The gate opens it while the SDK makes the image, so that name, connection, TLS and login are
/// settled when the image is read back.
/// </summary>
internal sealed class Destination : IDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly RegistryAccess access;
    private readonly RegistryClient client;
    private readonly Task opening;

    private Destination(string registry, RegistryAccess access, string repository)
    {
        this.access = access;
        client = new RegistryClient(registry, access);
        opening = Task.Run(() => client.ConnectAsync(repository, end.Token), end.Token);
    }

    /// <summary>Null where the image goes to no registry.</summary>
    /// <exception cref="UriFormatException">The name is none that the SDK lets through.</exception>
    public static Destination? Open(ContainerIntent intent) => intent is { Registry.Value: { } registry, Repository.Value: { } repository }
        ? new Destination(registry, Access(intent, registry), repository)
        : null;

    /// <summary>Whether it is the one that a publish goes to: a target may have set another after the gate.</summary>
    public bool IsOf(ContainerIntent intent) => client.Registry == intent.Registry?.Value && access == Access(intent, client.Registry);

    /// <summary>The client, once the connection stands or has failed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<RegistryClient> GetClientAsync(CancellationToken cancellation)
    {
        await opening.WaitAsync(cancellation).ConfigureAwait(false);
        return client;
    }

    public void Dispose()
    {
        end.Cancel();
        client.Dispose();
        end.Dispose();
    }

    // The same registry for base and destination is one to the SDK's credential variables, too.
    private static RegistryAccess Access(ContainerIntent intent, string registry) =>
        ImageReference.TryParse(intent.BaseImage.Value, out ImageReference? image, out _) && string.Equals(image.Registry, registry, StringComparison.OrdinalIgnoreCase)
            ? RegistryAccess.BaseAndDestination
            : RegistryAccess.Destination;
}
