using System.Collections.Immutable;

using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Confirmation;

/// <summary>How a published image differs from the one that was rehearsed, in words that show no secret.</summary>
internal static class ImageDifference
{
    /// <summary>Manifest, layers and configuration. The one layer above the base's is the application's, and its bytes are new each time.</summary>
    public static IEnumerable<string> Find(EffectiveImage expected, ServedImage published)
    {
        ImmutableArray<Descriptor> layers = expected.Base.Layers;
        Descriptor[] lower = [.. published.Layers.Take(layers.Length)];
        if (!lower.Select(layer => layer.Digest).SequenceEqual(layers.Select(layer => layer.Digest)))
            yield return "its lower layers are not those of the base image";
        else if (!lower.SequenceEqual(layers))
            yield return "its manifest gives the base image's layers another type or size";
        else if (published.Layers.Length != layers.Length + 1)
            yield return $"it has {published.Layers.Length - layers.Length} layers above the base image instead of one";

        if (published.MediaType is not null && published.MediaType != expected.ManifestMediaType)
            yield return $"its manifest is of type {MessageText.Quote(published.MediaType)} instead of {MessageText.Quote(expected.ManifestMediaType)}";

        foreach (string difference in FindInConfig(expected, published.Config))
        {
            yield return difference;
        }
    }

    public static bool IsSamePlatform(ImageConfig expected, ImageConfig published) =>
        expected.OperatingSystem == published.OperatingSystem && expected.Architecture == published.Architecture;

    public static IEnumerable<string> FindInConfig(EffectiveImage expected, ImageConfig published)
    {
        ImageConfig config = expected.Config;
        if (!IsSamePlatform(config, published))
            yield return $"it is for {MessageText.Quote($"{published.OperatingSystem}/{published.Architecture}")} instead of {config.OperatingSystem}/{config.Architecture}";

        if (config.User != published.User)
            yield return $"its user is {Shown(published.User)} instead of {Shown(config.User)}";

        if (config.WorkingDirectory != published.WorkingDirectory)
            yield return $"its working directory is {Shown(published.WorkingDirectory)} instead of {Shown(config.WorkingDirectory)}";

        foreach (string difference in NamedValues("variable", config.Environment, published.Environment).Concat(NamedValues("label", config.Labels, published.Labels)))
        {
            yield return difference;
        }

        if (!config.ExposedPorts.Order(StringComparer.Ordinal).SequenceEqual(published.ExposedPorts.Order(StringComparer.Ordinal)))
            yield return $"it exposes {Shown(string.Join(", ", published.ExposedPorts))} instead of {Shown(string.Join(", ", config.ExposedPorts))}";

        if (!config.Volumes.Order(StringComparer.Ordinal).SequenceEqual(published.Volumes.Order(StringComparer.Ordinal)))
            yield return $"its volumes are {Shown(string.Join(", ", published.Volumes))} instead of {Shown(string.Join(", ", config.Volumes))}";

        if (config.StopSignal != published.StopSignal)
            yield return $"its stop signal is {Shown(published.StopSignal)} instead of {Shown(config.StopSignal)}";

        foreach (string setting in published.OtherSettings.Except(config.OtherSettings, StringComparer.Ordinal))
        {
            yield return $"it has a setting {MessageText.Quote(setting)} that nobody set";
        }

        // Arguments may hold a secret: that they differ is enough.
        if (!config.Entrypoint.SequenceEqual(published.Entrypoint))
            yield return "its entrypoint is another";

        if (!config.Command.SequenceEqual(published.Command))
            yield return "its command is another";

        if (!published.Layers.Take(config.Layers.Length).SequenceEqual(config.Layers) || published.Layers.Length != config.Layers.Length + 1)
            yield return "its configuration lists other layers than the base image's and the application's";

        // The SDK adds steps of its own until there is one for each layer. A step may hold a secret.
        if (!published.History.Take(config.History.Length).SequenceEqual(config.History)
            || published.History.Skip(config.History.Length).Any(step => !step.CreatedBy.StartsWith(".NET SDK", StringComparison.Ordinal)))
            yield return "its history is not the base image's with the SDK's own on top";
    }

    // By name: the values may be secrets.
    private static IEnumerable<string> NamedValues(
        string kind, ImmutableArray<KeyValuePair<string, string>> expected, ImmutableArray<KeyValuePair<string, string>> published)
    {
        ILookup<string, string> before = expected.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        ILookup<string, string> after = published.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (string name in expected.Concat(published).Select(pair => pair.Key).Distinct(StringComparer.Ordinal))
        {
            if (!after.Contains(name))
                yield return $"the {kind} {MessageText.Quote(name)} is missing";
            else if (!before.Contains(name))
                yield return $"it has a {kind} {MessageText.Quote(name)} that nobody set";
            else if (!before[name].SequenceEqual(after[name]))
                yield return $"the {kind} {MessageText.Quote(name)} has another value";
        }
    }

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "not set" : MessageText.Quote(value);
}
