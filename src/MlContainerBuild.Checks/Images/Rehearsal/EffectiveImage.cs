using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Rehearsal;

/// <summary>
/// The image as the SDK's <c>CreateNewImage</c> is going to make it, computed from the verified base and the project. A
/// differential test runs both over many combinations: any difference fails it.
/// </summary>
/// <param name="Settings">What the rules look at; each value says where it comes from.</param>
/// <param name="Config">
/// The configuration to expect, value for value and in order. The application's own layer and history step, which come on
/// top, and the time are not in it.
/// </param>
/// <param name="ManifestMediaType">The type of the manifest that will be pushed.</param>
public sealed record EffectiveImage(VerifiedBase Base, ImageSettings Settings, ImageConfig Config, string ManifestMediaType)
{
    private const string BaseDigestLabel = "org.opencontainers.image.base.digest";

    /// <summary>Computes it for one platform; false with a finding where the SDK itself would fail.</summary>
    /// <param name="intent">What <c>CreateNewImage</c> will be given for the platform of <paramref name="verified"/>.</param>
    public static bool TryCompute(
        VerifiedBase verified, ContainerIntent intent, [NotNullWhen(true)] out EffectiveImage? image, [NotNullWhen(false)] out Finding? refusal)
    {
        image = null;
        var origins = new BaseImageOrigins(verified);
        if (!TryMergeEnvironment(verified, intent, origins, out ImmutableArray<Setting> environment, out refusal)
            || !ExposedPorts.TryMerge(verified.Config, intent, environment, origins, out ImmutableArray<Setting> ports, out refusal)
            || !CommandLine.TryJoin(verified.Config, intent, origins, out CommandLine? command, out refusal)
            || !TryChooseFormat(verified, intent, out string? mediaType, out refusal))
        {
            return false;
        }

        Setting? user = ChooseUser(verified.Config, intent, environment, origins);
        ImmutableArray<Setting> labels = MergeLabels(verified, intent, origins);
        var settings = new ImageSettings
        {
            // An empty user is written into the image and means root there, as if there were none.
            User = user is { Value.Length: 0 } ? null : user,
            WorkingDirectory = intent.Settings.WorkingDirectory,
            Environment = environment,
            Labels = labels,
            Ports = ports,
            Command = [.. command.Entrypoint, .. command.Command],
        };
        ImageConfig config = verified.Config with
        {
            Variant = null,
            Created = null,
            User = user?.Value,
            WorkingDirectory = intent.Settings.WorkingDirectory?.Value,
            Environment = [.. environment.Select(ToPair)],
            Labels = [.. labels.Select(ToPair)],
            ExposedPorts = [.. ports.Select(port => $"{port.Name}/{port.Value}")],
            Entrypoint = [.. command.Entrypoint.Select(argument => argument.Value)],
            Command = [.. command.Command.Select(argument => argument.Value)],
            OtherSettings = [],
        };
        image = new EffectiveImage(verified, settings, config, mediaType);
        return true;
    }

    private static bool TryMergeEnvironment(
        VerifiedBase verified, ContainerIntent intent, BaseImageOrigins origins, out ImmutableArray<Setting> environment, [NotNullWhen(false)] out Finding? refusal)
    {
        environment = [];
        refusal = null;
        var merged = new OrderedDictionary<string, Setting>(StringComparer.Ordinal);
        foreach ((string name, string value) in verified.Config.Environment)
        {
            if (!merged.TryAdd(name, new Setting(name, value, origins.Variable(name))))
            {
                refusal = new Finding(
                    RuleCatalog.Get("MLC9006"),
                    $"The base image {MessageText.Quote(intent.BaseImage.Value)} sets the variable {MessageText.Quote(name)} twice, and the .NET SDK cannot build on such an image.",
                    "Choose another base image, or have it repaired.",
                    intent.BaseImage.Source);
                return false;
            }
        }

        foreach (Setting variable in intent.Settings.Environment)
        {
            merged[variable.Name] = variable;
        }

        environment = [.. merged.Values];
        return true;
    }

    // ContainerUser, else APP_UID of the merged environment, else what the base says.
    private static Setting? ChooseUser(ImageConfig config, ContainerIntent intent, ImmutableArray<Setting> environment, BaseImageOrigins origins)
    {
        if (intent.Settings.User is { Value.Length: > 0 } user)
        {
            return user;
        }

        return environment.FirstOrDefault(variable => variable.Name == "APP_UID")
            ?? (config.User is null ? null : new Setting("USER", config.User, origins.Instruction("USER")));
    }

    // Without ContainerGenerateLabels even the project's own labels are dropped; the base image's stay.
    private static ImmutableArray<Setting> MergeLabels(VerifiedBase verified, ContainerIntent intent, BaseImageOrigins origins)
    {
        var merged = new OrderedDictionary<string, Setting>(StringComparer.Ordinal);
        foreach ((string name, string value) in verified.Config.Labels)
        {
            merged[name] = new Setting(name, value, origins.Label(name));
        }

        if (intent.GeneratesLabels)
        {
            foreach (Setting label in intent.Settings.Labels)
            {
                merged[label.Name] = label;
            }

            if (intent.GeneratesBaseDigestLabel)
            {
                merged[BaseDigestLabel] = new Setting(BaseDigestLabel, verified.ManifestDigest, ValueSource.Sdk.Instance);
            }
        }

        return [.. merged.Values];
    }

    private static bool TryChooseFormat(
        VerifiedBase verified, ContainerIntent intent, [NotNullWhen(true)] out string? mediaType, [NotNullWhen(false)] out Finding? refusal)
    {
        mediaType = verified.ManifestMediaType;
        refusal = null;
        if (intent.ImageFormat is not { Value.Length: > 0 } format)
        {
            return true;
        }

        if (!Enum.TryParse(format.Value, out ImageFormat parsed))
        {
            refusal = Refusals.Unknown(format, "OCI or Docker");
            mediaType = null;
            return false;
        }

        mediaType = parsed switch
        {
            ImageFormat.OCI => MediaTypes.OciManifest,
            ImageFormat.Docker => MediaTypes.DockerManifest,
            _ => mediaType,
        };
        return true;
    }

    private static KeyValuePair<string, string> ToPair(Setting setting) => KeyValuePair.Create(setting.Name, setting.Value);

    // The SDK's names and order: its parser takes the numbers, too.
    private enum ImageFormat
    {
        OCI,
        Docker,
    }
}
