using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Bases;

/// <summary>The base image of one platform, every byte of it below the reference hashed.</summary>
/// <param name="Image">The reference as given.</param>
/// <param name="IndexDigest">The index it was found in; null when the reference names a manifest.</param>
/// <param name="ManifestMediaType">The manifest's type, which the built image inherits unless the project sets a format.</param>
/// <param name="Layers">The compressed layers, the lowest first. They are named by their digests, not read.</param>
public sealed record VerifiedBase(
    ImageReference Image,
    string RuntimeIdentifier,
    string? IndexDigest,
    string ManifestDigest,
    string ManifestMediaType,
    string ConfigDigest,
    ImmutableArray<Descriptor> Layers,
    ImageConfig Config);

/// <summary>What came of reading the base image of an intent.</summary>
/// <param name="Bases">One for each platform that could be read, in the order of the intent.</param>
/// <param name="Findings">MLC3003, 3004, 3005 and 9007.</param>
public sealed record BaseImageReading(ImmutableArray<VerifiedBase> Bases, ImmutableArray<Finding> Findings);
