using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Confirmation;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Archives;

/// <summary>One platform of an archive: what its image has to be.</summary>
/// <param name="PublishDirectory">Absolute; exactly its files are the application's layer.</param>
internal sealed record ExpectedImage(EffectiveImage Image, string PublishDirectory);

/// <summary>
/// MLC3042 before the push: whether an archive that the SDK has written holds what was rehearsed, every byte of it. The base
/// image's layers have to be those of the verified base, by digest; the application's layer is unpacked and compared.
/// </summary>
/// <param name="Digest">Of the manifest, or of the index of several, that every tag names; null when there is no such one.</param>
/// <param name="Configurations">Digests of the images' configurations, by which an engine without manifests calls an image.</param>
internal sealed record ArchiveVerification(string? Digest, ImmutableArray<string> Configurations, ImmutableArray<Finding> Findings)
{
    /// <param name="path">An OCI layout as a tar file.</param>
    /// <param name="tags">What the archive has to name its image, no more and no less.</param>
    /// <param name="source">Where a finding is shown.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ArchiveVerification Verify(
        string path, ImmutableArray<ExpectedImage> expected, ImmutableArray<string> tags, ValueSource source, CancellationToken cancellation)
    {
        var differences = new List<string>();
        string? digest = null;
        var configurations = ImmutableArray.CreateBuilder<string>();
        try
        {
            using FileStream file = File.OpenRead(path);
            if (!OciArchive.TryRead(file, cancellation, out OciArchive? archive, out string? error))
                differences.Add(error);
            else
                digest = Compare(archive, expected, tags, configurations, differences, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            differences.Add("the archive cannot be read");
        }

        return new ArchiveVerification(digest, configurations.ToImmutable(), differences.Count == 0 ? [] : [Difference(differences, path, source)]);
    }

    private static string? Compare(
        OciArchive archive, ImmutableArray<ExpectedImage> expected, ImmutableArray<string> tags,
        ImmutableArray<string>.Builder configurations, List<string> differences, CancellationToken cancellation)
    {
        string[] digests = [.. archive.Tags.Select(tag => tag.Value).Distinct(StringComparer.Ordinal)];
        if (digests.Length != 1 || !archive.Tags.Select(tag => tag.Key).Order(StringComparer.Ordinal).SequenceEqual(tags.Order(StringComparer.Ordinal)))
        {
            differences.Add("the archive does not name one image by exactly the tags of the publish");
            return null;
        }

        if (Read(archive, digests[0], differences) is not { } root)
            return null;

        foreach ((EffectiveImage image, string? manifest) in ImageConfirmation.Pair(root, digests[0], [.. expected.Select(one => one.Image)], differences))
        {
            var found = new List<string>();
            if (manifest is null)
                found.Add("there is no image for it");
            else
                CompareImage(archive, manifest, expected.First(one => ReferenceEquals(one.Image, image)), configurations, found, cancellation);

            differences.AddRange(found.Select(difference => expected.Length == 1 ? difference : $"{image.Base.RuntimeIdentifier}: {difference}"));
        }

        return digests[0];
    }

    private static void CompareImage(OciArchive archive, string digest, ExpectedImage expected, ImmutableArray<string>.Builder configurations, List<string> differences, CancellationToken cancellation)
    {
        if (Read(archive, digest, differences) is not ImageDocument.Manifest manifest)
        {
            differences.Add("an index stands where an image should");
            return;
        }

        configurations.Add(manifest.Config.Digest);
        if (archive.Document(manifest.Config.Digest) is not { } bytes)
        {
            differences.Add("the archive lacks its configuration");
            return;
        }

        if (!ImageConfig.TryRead(bytes, out ImageConfig? config, out string? error))
        {
            differences.Add(error);
            return;
        }

        differences.AddRange(ImageDifference.Find(expected.Image, new ServedImage(manifest.MediaType, manifest.Layers, config)));
        if (manifest.Layers.Any(layer => !archive.Contains(layer.Digest)))
            differences.Add("the archive lacks one of its layers");

        // With the layers below compared by digest, the only one left to look into is the uppermost.
        if (differences.Count == 0 && archive.Open(manifest.Layers[^1].Digest) is { } layer)
            differences.AddRange(ApplicationLayer.Compare(layer, expected.PublishDirectory, config.WorkingDirectory ?? "/", config.Layers[^1], cancellation));
    }

    private static ImageDocument? Read(OciArchive archive, string digest, List<string> differences)
    {
        if (archive.Document(digest) is not { } bytes)
            differences.Add($"the archive lacks {digest}");
        else if (ImageDocument.TryRead(bytes, out ImageDocument? document, out string? error))
            return document;
        else
            differences.Add(error);

        return null;
    }

    private static Finding Difference(List<string> differences, string path, ValueSource source)
    {
        const int shown = 5;
        string list = string.Join("; ", differences.Take(shown)) + (differences.Count > shown ? $"; and {differences.Count - shown} more" : "");
        return new Finding(
            RuleCatalog.Get("MLC3042"),
            $"The archive is not the image that was checked: {list}. This was found before anything was pushed.",
            $"Do not load or push {MessageText.Quote(path)}; find out what changed it: a target after the gate, a program that writes to the publish directory, or the registry of the base image.",
            source);
    }
}
