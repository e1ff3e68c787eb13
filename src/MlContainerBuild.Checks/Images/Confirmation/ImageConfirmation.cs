using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Confirmation;

/// <summary>
/// MLC3042: whether what a registry serves is what was rehearsed. Reads the published bytes back by digest, so that neither
/// the SDK's own report nor the registry's word is needed.
/// </summary>
/// <param name="Platforms">What was read back of each platform that could be confirmed, by runtime identifier.</param>
public sealed record ImageConfirmation(ImmutableDictionary<string, ConfirmedImage> Platforms, ImmutableArray<Finding> Findings)
{
    /// <summary>Reads an image, or an index of several, back and compares it with what was to be made.</summary>
    /// <param name="digest">Of the manifest or index, as the SDK says it has pushed it.</param>
    /// <param name="expected">One for each platform.</param>
    /// <param name="tags">What now points at the image or at one platform of it: named in a finding, because they have to be moved or deleted.</param>
    /// <param name="source">Where a finding is shown.</param>
    /// <exception cref="OperationCanceledException">The publish was cancelled.</exception>
    public static async Task<ImageConfirmation> ReadBackAsync(
        RegistryClient client,
        string repository,
        string digest,
        ImmutableArray<EffectiveImage> expected,
        ImmutableArray<PublishedTag> tags,
        ValueSource source,
        CancellationToken cancellation)
    {
        var reader = new ServedImageReader(client, repository);
        RegistryResult<ImageDocument> root = await reader.ReadDocumentAsync(digest, cancellation).ConfigureAwait(false);
        if (!root.TryGet(out ImageDocument? document, out RegistryFailure? failure))
            return Failed(failure);

        var confirmed = ImmutableDictionary.CreateBuilder<string, ConfirmedImage>();
        var differences = new List<string>();
        IReadOnlyList<(EffectiveImage Image, string? Digest)> pairs = Pair(document, digest, expected, differences);
        foreach ((EffectiveImage image, string? manifest) in pairs)
        {
            if (manifest is null)
            {
                differences.Add($"there is no image for {image.Base.RuntimeIdentifier}");
                continue;
            }

            RegistryResult<ServedImage> read = manifest == digest
                ? await reader.ReadImageAsync(document, digest, cancellation).ConfigureAwait(false)
                : await reader.ReadImageAsync(manifest, cancellation).ConfigureAwait(false);
            if (!read.TryGet(out ServedImage? published, out failure))
                return Failed(failure);

            string[] found = [.. ImageDifference.Find(image, published)];
            differences.AddRange(found.Select(difference => expected.Length == 1 ? difference : $"{image.Base.RuntimeIdentifier}: {difference}"));
            if (found.Length == 0)
                confirmed[image.Base.RuntimeIdentifier] = new ConfirmedImage(manifest, published.Layers[^1], published.Config.Created);
        }

        if (differences.Count == 0)
        {
            IEnumerable<KeyValuePair<string, string>> names = tags.Select(tag => KeyValuePair.Create(tag.Name, tag.RuntimeIdentifier is { } platform ? confirmed[platform].Digest : digest));
            Finding? stray = await TagReadBack.FindAsync(client, repository, names, source, cancellation).ConfigureAwait(false);
            return new ImageConfirmation(confirmed.ToImmutable(), stray is null ? [] : [stray]);
        }

        ImmutableArray<PublishedTag> pointing = tags.RemoveAll(tag => tag.RuntimeIdentifier is { } platform && confirmed.ContainsKey(platform));
        return new ImageConfirmation(confirmed.ToImmutable(), [Difference(differences, $"{client.Registry}/{repository}", digest, pointing, source)]);

        ImageConfirmation Failed(RegistryFailure reason) => new(ImmutableDictionary<string, ConfirmedImage>.Empty,
        [
            reason.Kind is RegistryFailureKind.DigestMismatch or RegistryFailureKind.NotAnImage
                ? Difference([reason.Detail], $"{client.Registry}/{repository}", digest, tags, source)
                : reason.ToFinding(source),
        ]);
    }

    /// <summary>
    /// Compares the SDK's own account of what it has made, where nothing can be read back: an image loaded into a local daemon or
    /// written to an archive. The manifest counts as much as the configuration: a registry that lies to the SDK about the base
    /// image's manifest puts other layers under a configuration that is the true one's.
    /// </summary>
    /// <param name="generated">Of each platform, in any order.</param>
    /// <param name="destination">For the message.</param>
    public static ImmutableArray<Finding> CompareGenerated(
        IEnumerable<GeneratedImage> generated, ImmutableArray<EffectiveImage> expected, string destination, ImmutableArray<PublishedTag> tags, ValueSource source)
    {
        var read = new List<ServedImage>();
        var differences = new List<string>();
        foreach (GeneratedImage image in generated)
        {
            if (image.TryRead(out ServedImage? made, out string? error))
                read.Add(made);
            else
                differences.Add(error);
        }

        foreach (EffectiveImage image in expected)
        {
            ServedImage? made = read.FirstOrDefault(candidate => ImageDifference.IsSamePlatform(image.Config, candidate.Config));
            differences.AddRange(made is null ? [$"there is no image for {image.Base.RuntimeIdentifier}"] : ImageDifference.Find(image, made));
        }

        return differences.Count == 0 ? [] : [Difference(differences, destination, digest: null, tags, source)];
    }

    /// <summary>The manifest of each expected platform; null where there is none. What does not fit goes to <paramref name="differences"/>.</summary>
    internal static List<(EffectiveImage Image, string? Digest)> Pair(
        ImageDocument document, string digest, ImmutableArray<EffectiveImage> expected, List<string> differences)
    {
        if (document is not ImageDocument.Index index)
        {
            if (expected.Length != 1)
                differences.Add($"one image was published instead of an index of {expected.Length}");

            return [.. expected.Take(1).Select(image => (image, (string?)digest))];
        }

        // Two entries of one platform (the SDK makes such an index of a base for one platform only) leave the choice to the puller.
        foreach (IGrouping<(string, string)?, IndexEntry> same in index.Entries.GroupBy(entry => Key(entry.Platform)).Where(group => group.Count() > 1))
        {
            differences.Add($"the index lists {same.Count()} images for {(same.Key is (string os, string architecture) ? $"{os}/{architecture}" : "no platform")}");
        }

        if (index.Entries.Length != expected.Length)
            differences.Add($"the index lists {index.Entries.Length} images instead of {expected.Length}");

        return [.. expected.Select(image => (image, index.Entries
            .FirstOrDefault(entry => Key(entry.Platform) == (image.Config.OperatingSystem, image.Config.Architecture))?.Manifest.Digest))];

        static (string, string)? Key(Platform? platform) => platform is null ? null : (platform.OperatingSystem, platform.Architecture);
    }

    private static Finding Difference(List<string> differences, string destination, string? digest, ImmutableArray<PublishedTag> tags, ValueSource source)
    {
        const int shown = 5;
        string list = string.Join("; ", differences.Take(shown)) + (differences.Count > shown ? $"; and {differences.Count - shown} more" : "");
        string image = MessageText.Quote(digest is null ? destination : $"{destination}@{digest}");
        string pointing = tags.IsEmpty ? "" : $" The {(tags.Length == 1 ? "tag" : "tags")} {string.Join(", ", tags.Select(tag => MessageText.Quote(tag.Name)))} now {(tags.Length == 1 ? "points" : "point")} at it.";
        return new Finding(
            RuleCatalog.Get("MLC3042"),
            $"What was published is not what was checked: {list}.{pointing}",
            $"Do not deploy {image}; move or delete its tags, then find out what changed it: a target after the gate, a proxy, or the registry.",
            source);
    }
}

/// <summary>A tag in the repository that was published to.</summary>
/// <param name="RuntimeIdentifier">The platform whose image it names; null when it names the whole.</param>
public sealed record PublishedTag(string Name, string? RuntimeIdentifier = null);

/// <summary>A published image that is what was rehearsed.</summary>
/// <param name="Digest">Of its manifest.</param>
/// <param name="ApplicationLayer">The one layer above the base image's.</param>
public sealed record ConfirmedImage(string Digest, Descriptor ApplicationLayer, DateTimeOffset? Created);
