using System.Collections.Immutable;

using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Confirmation;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks;

/// <summary>What the reports show of each platform's image, as far as it is known.</summary>
internal static class PlatformImages
{
    /// <param name="images">What the rehearsal has computed; empty before it.</param>
    public static ImmutableArray<PlatformImage> Describe(PublishFacts publish, ImmutableArray<EffectiveImage> images, CancellationToken cancellation) =>
        [.. publish.Platforms.Select(platform =>
        {
            EffectiveImage? image = images.FirstOrDefault(candidate => candidate.Base.RuntimeIdentifier == platform.RuntimeIdentifier);
            PlatformImage known = image is null
                ? new PlatformImage { RuntimeIdentifier = platform.RuntimeIdentifier, Settings = platform.Intent.Settings }
                : PlatformImage.On(image.Base) with { Settings = image.Settings, IsEffective = true };
            return known with { Payload = Directory.Exists(platform.PublishDirectory) ? PayloadInventory.Read(platform.PublishDirectory, cancellation) : null };
        })];

    /// <summary>Adds what was read back after the push.</summary>
    public static ImmutableArray<PlatformImage> Complete(ImmutableArray<PlatformImage> platforms, ImageConfirmation confirmation) =>
        [.. platforms.Select(platform => confirmation.Platforms.TryGetValue(platform.RuntimeIdentifier, out ConfirmedImage? confirmed)
            ? platform with
            {
                Digest = confirmed.Digest,
                ApplicationLayer = new ImageLayer(confirmed.ApplicationLayer.Digest, confirmed.ApplicationLayer.Size),
                Created = confirmed.Created,
            }
            : platform)];

    public static BaseImage DescribeBase(PublishFacts publish, ImmutableArray<EffectiveImage> images)
    {
        VerifiedBase? verified = images.FirstOrDefault()?.Base;

        // A reproducible image says it is from the epoch.
        DateTimeOffset? created = verified?.Config.Created is { } time && time > DateTimeOffset.UnixEpoch.AddDays(1) ? time : null;
        return new BaseImage(publish.Intent.BaseImage.Value, verified?.IndexDigest ?? verified?.ManifestDigest, created);
    }
}
