using System.Collections.Immutable;

using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;

namespace MlContainerBuild.Checks.Images.Confirmation;

/// <summary>An image as a registry serves it; every byte hashed.</summary>
/// <param name="MediaType">What the manifest says it is.</param>
internal sealed record ServedImage(string? MediaType, ImmutableArray<Descriptor> Layers, ImageConfig Config);

/// <summary>Reads published images by digest. No cache: what the registry serves now is the question.</summary>
internal sealed class ServedImageReader(RegistryClient client, string repository)
{
    public async Task<RegistryResult<ImageDocument>> ReadDocumentAsync(string digest, CancellationToken cancellation)
    {
        RegistryResult<RegistryContent> content = await client.GetManifestAsync(repository, digest, cancellation).ConfigureAwait(false);
        if (!content.TryGet(out RegistryContent? bytes, out RegistryFailure? failure))
            return failure;

        return ImageDocument.TryRead(bytes.Bytes, out ImageDocument? document, out string? error) ? document : NotAnImage(digest, error);
    }

    public async Task<RegistryResult<ServedImage>> ReadImageAsync(string digest, CancellationToken cancellation)
    {
        RegistryResult<ImageDocument> read = await ReadDocumentAsync(digest, cancellation).ConfigureAwait(false);
        return read.TryGet(out ImageDocument? document, out RegistryFailure? failure) ? await ReadImageAsync(document, digest, cancellation).ConfigureAwait(false) : failure;
    }

    /// <summary>The image whose manifest has been read already.</summary>
    public async Task<RegistryResult<ServedImage>> ReadImageAsync(ImageDocument document, string digest, CancellationToken cancellation)
    {
        if (document is not ImageDocument.Manifest manifest)
            return NotAnImage(digest, "an index stands where an image should");

        RegistryResult<RegistryContent> content = await client.GetConfigAsync(repository, manifest.Config.Digest, cancellation).ConfigureAwait(false);
        if (!content.TryGet(out RegistryContent? bytes, out RegistryFailure? failure))
            return failure;

        return ImageConfig.TryRead(bytes.Bytes, out ImageConfig? config, out string? error)
            ? new ServedImage(manifest.MediaType, manifest.Layers, config)
            : NotAnImage(manifest.Config.Digest, error);
    }

    private RegistryFailure NotAnImage(string digest, string error) =>
        new(RegistryFailureKind.NotAnImage, client.Registry, $"{repository}@{digest}", error);
}
