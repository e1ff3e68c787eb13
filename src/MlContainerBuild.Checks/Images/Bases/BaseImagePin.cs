using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Images.Bases;

/// <summary>What the tag of a base image leads to at this moment.</summary>
/// <param name="Reference">
/// <c>registry/repository:tag@sha256:…</c>, the digest being that of the index where the tag leads to one; null when
/// <paramref name="Findings"/> say why it must not be built on.
/// </param>
public sealed record BaseImagePin(ImageReference? Reference, ImmutableArray<Finding> Findings)
{
    /// <summary>
    /// Asks the tag, whatever digest stands beside it, and verifies what it serves for every platform of the intent. Without a
    /// tag <c>latest</c> is meant, as for the SDK.
    /// </summary>
    public static async Task<BaseImagePin> ResolveAsync(BaseImageReader reader, ContainerIntent intent, ImageReference image, CancellationToken cancellation)
    {
        ImageReference tag = image with { Tag = image.Tag ?? "latest", Digest = null };

        // Nothing younger is to be had under this tag, so its age is no matter here.
        Policy anyAge = Policy.Default with { MaxBaseAgeDays = int.MaxValue };
        BaseImageReading reading = await reader
            .ReadAsync(intent with { BaseImage = intent.BaseImage with { Value = tag.ToString() } }, anyAge, cancellation)
            .ConfigureAwait(false);
        bool isUsable = reading.Bases.Length > 0 && !reading.Findings.Any(finding => finding.Severity == Severity.Error);
        return new BaseImagePin(isUsable ? tag with { Digest = reading.Bases[0].IndexDigest ?? reading.Bases[0].ManifestDigest } : null, reading.Findings);
    }
}
