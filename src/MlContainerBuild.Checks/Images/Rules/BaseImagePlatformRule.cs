using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Bases;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3004: whether the base runs where the application is published for. The SDK takes a base without an index for every platform.</summary>
internal static class BaseImagePlatformRule
{
    private static readonly Rule Rule = RuleCatalog.Get("MLC3004");

    /// <summary>The index has no image that the SDK could choose.</summary>
    public static Finding Missing(ContainerIntent intent, ImageReference image, string runtimeIdentifier, ImmutableArray<IndexEntry> entries)
    {
        string[] offered = [.. entries.Where(entry => entry.RuntimeIdentifier is not null).Select(entry => entry.Platform!.ToString()).Distinct()];
        string list = offered.Length == 0 ? "none that the SDK builds on" : string.Join(", ", offered.Take(12));
        return new Finding(
            Rule,
            $"The base image {MessageText.Quote(image.ToString())} has no image for {runtimeIdentifier}; it has {MessageText.Plain(list)}.",
            $"Take {runtimeIdentifier} out of ContainerRuntimeIdentifiers (or RuntimeIdentifiers), or choose a base image that has this platform.",
            intent.BaseImage.Source)
        { RuntimeIdentifier = runtimeIdentifier };
    }

    /// <summary>The image that the SDK will take says of itself that it is for another platform.</summary>
    public static IEnumerable<Finding> Check(ContainerIntent intent, VerifiedBase verified, RuntimeIdentifierGraph graph)
    {
        var image = new Platform(verified.Config.OperatingSystem, verified.Config.Architecture, verified.Config.Variant);
        if (Platform.Of(verified.RuntimeIdentifier, graph) is not { } needed || needed.Runs(image))
        {
            yield break;
        }

        string origin = verified.IndexDigest is null
            ? "it has one platform only, and the SDK takes such a base for every platform without comparing"
            : $"its index calls it {needed}, which is wrong";
        yield return new Finding(
            Rule,
            $"The base image {MessageText.Quote(verified.Image.ToString())} is for {MessageText.Plain(image.ToString())}, but {verified.RuntimeIdentifier} is published: "
            + $"{origin}. The application would not start.",
            verified.IndexDigest is null
                ? "Pin the digest of the multi-platform index instead of one platform's manifest, or publish for the base image's platform only."
                : "Choose another base image, and tell its publisher.",
            intent.BaseImage.Source)
        { RuntimeIdentifier = verified.RuntimeIdentifier };
    }
}
