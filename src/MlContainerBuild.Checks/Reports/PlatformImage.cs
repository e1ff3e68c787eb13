using System.Collections.Immutable;

using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Payload;

namespace MlContainerBuild.Checks.Reports;

/// <summary>The image of one platform, as far as it is known at the moment of the report.</summary>
public sealed record PlatformImage
{
    public required string RuntimeIdentifier { get; init; }

    /// <summary><c>linux/amd64</c>; null before the base image has been read.</summary>
    public string? Platform { get; init; }

    public ImageSettings Settings { get; init; } = new();

    /// <summary>Whether <see cref="Settings"/> is what the runtime will see; else only what the project asks for.</summary>
    public bool IsEffective { get; init; }

    /// <summary>Digest of the platform's manifest of the base image.</summary>
    public string? BaseDigest { get; init; }

    /// <summary>From the bottom up.</summary>
    public ImmutableArray<ImageLayer> BaseLayers { get; init; } = [];

    /// <summary>Null before the image has been built.</summary>
    public ImageLayer? ApplicationLayer { get; init; }

    /// <summary>What the application layer holds.</summary>
    public PayloadInventory? Payload { get; init; }

    /// <summary>Digest of the manifest that has been published.</summary>
    public string? Digest { get; init; }

    /// <summary>As the published configuration says.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>What a verified base tells of the image to be built on it.</summary>
    public static PlatformImage On(VerifiedBase verified)
    {
        // The history has one entry for each layer, and empty ones for what changed the configuration only.
        string[] steps = [.. verified.Config.History.Where(step => !step.IsEmptyLayer).Select(step => step.CreatedBy)];
        bool isComplete = steps.Length == verified.Layers.Length;
        return new PlatformImage
        {
            RuntimeIdentifier = verified.RuntimeIdentifier,
            Platform = new Platform(verified.Config.OperatingSystem, verified.Config.Architecture, verified.Config.Variant).ToString(),
            BaseDigest = verified.ManifestDigest,
            BaseLayers = [.. verified.Layers.Select((layer, i) => new ImageLayer(layer.Digest, layer.Size, isComplete && steps[i].Length > 0 ? steps[i] : null))],
        };
    }
}

/// <summary>One layer of an image.</summary>
/// <param name="Digest">Of the layer as the registry serves it.</param>
/// <param name="Size">Bytes of the layer as the registry serves it, so usually compressed.</param>
/// <param name="CreatedBy">The history entry that made it; null where the image does not say.</param>
public sealed record ImageLayer(string Digest, long Size, string? CreatedBy = null);

/// <summary>What the image is built on.</summary>
/// <param name="Reference">As the project or the SDK names it.</param>
/// <param name="Digest">Of the index or manifest it was resolved to and verified against; null before that.</param>
/// <param name="Created">When its configuration says it was made; null when it says nothing, or an epoch.</param>
public sealed record BaseImage(string Reference, string? Digest = null, DateTimeOffset? Created = null);

/// <summary>A model in the image, or one that the project declares.</summary>
/// <param name="Path">Relative to the image's working directory, with <c>/</c>.</param>
/// <param name="Sha256">64 lower-case hex digits; null when the project does not say.</param>
/// <param name="IsMounted">Whether it stays out of the image and is mounted at run time.</param>
public sealed record ReportedModel(string Path, string? Sha256 = null, bool IsMounted = false)
{
    /// <summary>Such as <c>ONNX (pytorch 2.1.0)</c>; null for a file that was not there to be read.</summary>
    public string? Format { get; init; }

    /// <summary>Bytes; null likewise.</summary>
    public long? Size { get; init; }
}
