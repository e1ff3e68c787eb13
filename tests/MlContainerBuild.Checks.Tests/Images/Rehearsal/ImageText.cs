using MlContainerBuild.Checks.Images;

namespace MlContainerBuild.Checks.Tests.Images.Rehearsal;

/// <summary>A configuration as one line, so that a difference can be read.</summary>
internal static class ImageText
{
    public static string Of(ImageConfig config) => string.Join(
        " | ",
        config.OperatingSystem,
        config.Architecture,
        config.User is null ? "no user" : $"user '{config.User}'",
        config.WorkingDirectory,
        "env " + string.Join(",", config.Environment.Select(pair => $"{pair.Key}={pair.Value}")),
        "labels " + string.Join(",", config.Labels.Select(pair => $"{pair.Key}={pair.Value}")),
        "ports " + string.Join(",", config.ExposedPorts),
        "entrypoint " + string.Join(",", config.Entrypoint),
        "cmd " + string.Join(",", config.Command),
        "volumes " + string.Join(",", config.Volumes),
        "stop " + config.StopSignal,
        "others " + string.Join(",", config.OtherSettings),
        "layers " + string.Join(",", config.Layers),
        "history " + string.Join(",", config.History.Select(step => step.CreatedBy + (step.IsEmptyLayer ? " (empty)" : "")))).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Less the application's own layer, and the steps that the SDK adds until there is one for each layer.</summary>
    public static string WithoutApplication(ImageConfig config) => Of(config with
    {
        Layers = config.Layers[..^1],
        History = [.. config.History.Where(step => !step.CreatedBy.StartsWith(".NET SDK", StringComparison.Ordinal))],
    });
}
