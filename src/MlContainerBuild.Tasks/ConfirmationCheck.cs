using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Archives;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Confirmation;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rehearsal;

namespace MlContainerBuild.Tasks;

/// <summary>After the push: whether what can be pulled now is what was rehearsed on the verified base.</summary>
internal static class ConfirmationCheck
{
    /// <param name="publish">The facts as they were right before each platform's push: a late target may have changed some since the gate.</param>
    /// <param name="bases">The verified base of each platform.</param>
    /// <param name="opened">The registry as the gate has opened it.</param>
    /// <param name="digest">What was pushed; null for a local daemon or an archive, which cannot be read back.</param>
    /// <param name="platformTags">The tags of single platforms that the SDK has pushed beside those of the whole.</param>
    /// <param name="generated">The SDK's own account of what it has made, which then has to do.</param>
    public static ImageConfirmation Run(
        PublishFacts publish,
        ImmutableArray<VerifiedBase> bases,
        Destination? opened,
        string? digest,
        IEnumerable<PublishedTag> platformTags,
        IEnumerable<GeneratedImage> generated,
        CancellationToken cancellation)
    {
        ContainerIntent intent = publish.Intent;
        ImmutableArray<EffectiveImage> expected = [.. Expect(publish, bases)];
        ImmutableArray<PublishedTag> tags = [.. intent.Tags.Select(tag => new PublishedTag(tag.Value)), .. platformTags];
        ValueSource source = intent.Repository?.Source ?? intent.BaseImage.Source;
        bool isOpened = opened?.IsOf(intent) == true;
        using Destination? another = digest is null || isOpened ? null : Destination.Open(intent);
        if (digest is null || (isOpened ? opened : another) is not { } destination)
        {
            ImmutableArray<Finding> findings = ImageConfirmation.CompareGenerated(generated, expected, intent.Repository?.Value ?? "", tags, source);
            return new ImageConfirmation(ImmutableDictionary<string, ConfirmedImage>.Empty, findings);
        }

        RegistryClient client = destination.GetClientAsync(cancellation).GetAwaiter().GetResult();
        return ImageConfirmation.ReadBackAsync(client, intent.Repository!.Value, digest, expected, tags, source, cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Before the push: whether the archive holds what was rehearsed.</summary>
    public static ArchiveVerification VerifyArchive(PublishFacts publish, ImmutableArray<VerifiedBase> bases, string archive, CancellationToken cancellation)
    {
        ContainerIntent intent = publish.Intent;
        ImmutableArray<ExpectedImage> expected =
        [
            .. Expect(publish, bases).Select(image => new ExpectedImage(
                image, publish.Platforms.First(platform => platform.RuntimeIdentifier == image.Base.RuntimeIdentifier).PublishDirectory)),
        ];
        return ArchiveVerification.Verify(
            archive, expected, [.. intent.Tags.Select(tag => tag.Value)], intent.Repository?.Source ?? intent.BaseImage.Source, cancellation);
    }

    private static IEnumerable<EffectiveImage> Expect(PublishFacts publish, ImmutableArray<VerifiedBase> bases)
    {
        foreach (VerifiedBase verified in bases)
        {
            ContainerIntent? platform = publish.Platforms.FirstOrDefault(candidate => candidate.RuntimeIdentifier == verified.RuntimeIdentifier)?.Intent;
            if (platform is not null && EffectiveImage.TryCompute(verified, platform, out EffectiveImage? image, out _))
                yield return image;
        }
    }
}
