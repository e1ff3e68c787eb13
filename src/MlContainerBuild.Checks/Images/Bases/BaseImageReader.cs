using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Images.Bases;

/// <summary>
/// Reads the base image that the SDK will build on: the index, and for each platform the manifest the SDK will choose and its
/// configuration. What is named by a digest comes from the cache where it can: a pinned base that has been read before
/// needs no network.
/// </summary>
/// <param name="graph">The one the SDK chooses by.</param>
/// <param name="limits">Null takes the defaults.</param>
/// <param name="clock">Null takes the system's.</param>
public sealed class BaseImageReader(
    RegistryEnvironment environment, BlobCache cache, RuntimeIdentifierGraph graph, RegistryLimits? limits = null, TimeProvider? clock = null)
{
    private readonly RegistryLimits limits = limits ?? new RegistryLimits();

    /// <summary>Reads and judges. A base that is no image reference yields nothing: the intent's rules have said so.</summary>
    public async Task<BaseImageReading> ReadAsync(ContainerIntent intent, Policy policy, CancellationToken cancellation)
    {
        if (!ImageReference.TryParse(intent.BaseImage.Value, out ImageReference? image, out _))
        {
            return new BaseImageReading([], []);
        }

        // The SDK's comparison; it decides which of its credential variables count.
        bool isDestination = string.Equals(intent.Registry?.Value, image.Registry, StringComparison.OrdinalIgnoreCase);
        using var client = new RegistryClient(
            image.Registry, isDestination ? RegistryAccess.BaseAndDestination : RegistryAccess.Base, environment, limits, clock);
        return await ReadAsync(new Source(client, cache, image, limits), intent, policy, cancellation).ConfigureAwait(false);
    }

    /// <summary>The same without any network; null where the cache does not hold everything.</summary>
    public async Task<BaseImageReading?> ReadCachedAsync(ContainerIntent intent, Policy policy, CancellationToken cancellation)
    {
        if (!ImageReference.TryParse(intent.BaseImage.Value, out ImageReference? image, out _))
            return null;

        var source = new Source(client: null, cache, image, limits);
        BaseImageReading reading = await ReadAsync(source, intent, policy, cancellation).ConfigureAwait(false);
        return source.NeedsNetwork ? null : reading;
    }

    private async Task<BaseImageReading> ReadAsync(Source source, ContainerIntent intent, Policy policy, CancellationToken cancellation)
    {
        RegistryResult<RootDocument> root = await source.ReadRootAsync(cancellation).ConfigureAwait(false);
        if (!root.TryGet(out RootDocument? document, out RegistryFailure? failure))
        {
            return new BaseImageReading([], [failure.ToFinding(intent.BaseImage.Source)]);
        }

        ImmutableArray<VerifiedBase>.Builder bases = ImmutableArray.CreateBuilder<VerifiedBase>();
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (string rid in intent.RuntimeIdentifiers)
        {
            if (Choose(document, rid) is not { } descriptor)
            {
                findings.Add(BaseImagePlatformRule.Missing(intent, source.Image, rid, ((ImageDocument.Index)document.Document).Entries));
                continue;
            }

            RegistryResult<VerifiedBase> read = await ReadImageAsync(source, document, descriptor, rid, cancellation).ConfigureAwait(false);
            if (!read.TryGet(out VerifiedBase? verified, out failure))
            {
                findings.Add(failure.ToFinding(intent.BaseImage.Source) with { RuntimeIdentifier = rid });
                continue;
            }

            bases.Add(verified);
            findings.AddRange(BaseImagePlatformRule.Check(intent, verified, graph));
        }

        findings.AddRange(BaseImageAgeRule.Check(intent, bases, policy, (clock ?? TimeProvider.System).GetUtcNow()));
        return new BaseImageReading(bases.ToImmutable(), findings.ToImmutable());
    }

    // As the SDK chooses: the first entry of each platform counts, and of the platforms the one nearest to the RID. A
    // reference to a manifest leaves no choice.
    private Descriptor? Choose(RootDocument root, string runtimeIdentifier)
    {
        if (root.Document is not ImageDocument.Index index)
        {
            return new Descriptor(root.Content.Digest, root.Content.MediaType);
        }

        return graph.Expand(runtimeIdentifier)
            .Select(rid => index.Entries.FirstOrDefault(entry => entry.RuntimeIdentifier == rid)?.Manifest)
            .FirstOrDefault(descriptor => descriptor is not null);
    }

    private static async Task<RegistryResult<VerifiedBase>> ReadImageAsync(
        Source source, RootDocument root, Descriptor descriptor, string runtimeIdentifier, CancellationToken cancellation)
    {
        bool isInIndex = root.Document is ImageDocument.Index;
        ImageDocument document = root.Document;
        if (isInIndex)
        {
            RegistryResult<RegistryContent> child = await source.ReadManifestAsync(descriptor.Digest, cancellation).ConfigureAwait(false);
            if (!child.TryGet(out RegistryContent? content, out RegistryFailure? failure))
            {
                return failure;
            }

            if (!ImageDocument.TryRead(content.Bytes, out document!, out string? error))
            {
                return source.NotAnImage(descriptor.Digest, error);
            }
        }

        if (document is not ImageDocument.Manifest manifest)
        {
            return source.NotAnImage(descriptor.Digest, "the index leads to another index, which the SDK does not follow");
        }

        RegistryResult<RegistryContent> blob = await source.ReadConfigAsync(manifest.Config.Digest, cancellation).ConfigureAwait(false);
        if (!blob.TryGet(out RegistryContent? bytes, out RegistryFailure? missing))
        {
            return missing;
        }

        if (!ImageConfig.TryRead(bytes.Bytes, out ImageConfig? config, out string? problem))
        {
            return source.NotAnImage(manifest.Config.Digest, problem);
        }

        // Without a word in the manifest the SDK believes the index or the registry; OCI leaves the word out, Docker does not.
        string mediaType = manifest.MediaType ?? descriptor.MediaType ?? MediaTypes.OciManifest;
        return new VerifiedBase(
            source.Image, runtimeIdentifier, isInIndex ? root.Content.Digest : null, descriptor.Digest, mediaType, manifest.Config.Digest, manifest.Layers, config);
    }

    private sealed record RootDocument(RegistryContent Content, ImageDocument Document);

    /// <summary>The cache in front of the registry.</summary>
    /// <param name="client">Null: nothing but the cache is asked.</param>
    private sealed class Source(RegistryClient? client, BlobCache cache, ImageReference image, RegistryLimits limits)
    {
        public ImageReference Image => image;

        /// <summary>Whether something was wanted that only the registry has, where it must not be asked.</summary>
        public bool NeedsNetwork { get; private set; }

        public async Task<RegistryResult<RootDocument>> ReadRootAsync(CancellationToken cancellation)
        {
            // The SDK, too, ignores the tag beside a digest, and takes "latest" without either.
            string reference = image.Digest ?? image.Tag ?? "latest";
            byte[]? cached = image.Digest is null ? null : cache.Read(image.Digest, limits.ManifestBytes);
            RegistryContent? content = cached is null ? null : new RegistryContent(image.Digest!, null, cached);
            if (content is null)
            {
                RegistryResult<RegistryContent> read = await GetAsync(reference, registry => registry.GetManifestAsync(image.Repository, reference, cancellation)).ConfigureAwait(false);
                if (!read.TryGet(out content, out RegistryFailure? failure))
                {
                    return failure;
                }
            }

            if (!ImageDocument.TryRead(content.Bytes, out ImageDocument? document, out string? error))
            {
                return NotAnImage(reference, error);
            }

            // No digest protects this header, but the SDK goes by it.
            bool isNamedRight = document is ImageDocument.Index ? MediaTypes.IsIndex(content.MediaType) : MediaTypes.IsManifest(content.MediaType);
            if (cached is null && !isNamedRight)
            {
                return NotAnImage(reference, "its Content-Type is not that of the document, and the SDK goes by it");
            }

            if (cached is null)
            {
                cache.Write(content);
            }

            return new RootDocument(content, document);
        }

        public Task<RegistryResult<RegistryContent>> ReadManifestAsync(string digest, CancellationToken cancellation) =>
            ReadAsync(digest, limits.ManifestBytes, registry => registry.GetManifestAsync(image.Repository, digest, cancellation));

        public Task<RegistryResult<RegistryContent>> ReadConfigAsync(string digest, CancellationToken cancellation) =>
            ReadAsync(digest, limits.ConfigBytes, registry => registry.GetConfigAsync(image.Repository, digest, cancellation));

        public RegistryFailure NotAnImage(string reference, string problem) =>
            new(RegistryFailureKind.NotAnImage, image.Registry, image.Repository + (reference.Contains(':', StringComparison.Ordinal) ? "@" : ":") + reference, problem);

        private async Task<RegistryResult<RegistryContent>> ReadAsync(string digest, int maxBytes, Func<RegistryClient, Task<RegistryResult<RegistryContent>>> get)
        {
            if (cache.Read(digest, maxBytes) is { } bytes)
            {
                return new RegistryContent(digest, null, bytes);
            }

            RegistryResult<RegistryContent> read = await GetAsync(digest, get).ConfigureAwait(false);
            if (read.TryGet(out RegistryContent? content, out _))
            {
                cache.Write(content);
            }

            return read;
        }

        private Task<RegistryResult<RegistryContent>> GetAsync(string reference, Func<RegistryClient, Task<RegistryResult<RegistryContent>>> get)
        {
            if (client is not null)
                return get(client);

            NeedsNetwork = true;
            return Task.FromResult<RegistryResult<RegistryContent>>(NotAnImage(reference, "it is not in the cache"));
        }
    }
}
