using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace MlContainerBuild.Checks.Images;

/// <summary>
/// The configuration of an image (OCI image specification, "Image Configuration"; Docker's is the same), read as the .NET SDK
/// reads it: what it passes over is not here, what makes it fail is an error.
/// </summary>
public sealed record ImageConfig
{
    public required string Architecture { get; init; }

    public required string OperatingSystem { get; init; }

    public string? Variant { get; init; }

    /// <summary>Null when there is none, or none that is a date.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Null when the image names none; may be empty, which runtimes read as root.</summary>
    public string? User { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>In the order of the document; a name may stand there twice.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>As written: <c>8080/tcp</c>.</summary>
    public ImmutableArray<string> ExposedPorts { get; init; } = [];

    public ImmutableArray<string> Entrypoint { get; init; } = [];

    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Paths that runtimes mount a volume at, as written.</summary>
    public ImmutableArray<string> Volumes { get; init; } = [];

    public string? StopSignal { get; init; }

    /// <summary>Names of what else is set: <c>Healthcheck</c>, <c>OnBuild</c>, <c>Shell</c>. The SDK hands none of it on.</summary>
    public ImmutableArray<string> OtherSettings { get; init; } = [];

    /// <summary>The digests of the uncompressed layers, the lowest first.</summary>
    public ImmutableArray<string> Layers { get; init; } = [];

    public ImmutableArray<HistoryStep> History { get; init; } = [];

    /// <summary>Reads a configuration; false with the reason when the SDK could not build on it.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ImageConfig? config, [NotNullWhen(false)] out string? error)
    {
        config = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var reader = new Reader();
            ImageConfig read = reader.Read(document.RootElement);
            error = reader.Problem;
            config = error is null ? read : null;
            return config is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not Unicode.
            error = "the image configuration is not JSON, or names a property twice";
            return false;
        }
    }

    /// <summary>Reads on after a problem, and keeps the first.</summary>
    private sealed class Reader
    {
        private static readonly string[] KnownSettings =
            ["User", "WorkingDir", "Env", "Labels", "ExposedPorts", "Entrypoint", "Cmd", "Volumes", "StopSignal"];

        public string? Problem { get; private set; }

        public ImageConfig Read(JsonElement root)
        {
            JsonElement config = Member(root, "config") ?? default;
            JsonElement rootfs = Member(root, "rootfs") ?? default;
            Require(config.ValueKind == JsonValueKind.Object, "has no 'config' object");
            Require(rootfs.ValueKind == JsonValueKind.Object, "has no 'rootfs' object");
            var read = new ImageConfig
            {
                Architecture = Text(root, "architecture") ?? "",
                OperatingSystem = Text(root, "os") ?? "",
                Variant = Text(root, "variant"),
                Created = DateTimeOffset.TryParse(Text(root, "created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset created) ? created : null,
                User = Text(config, "User"),
                WorkingDirectory = Text(config, "WorkingDir"),
                Environment = Environment(config),
                Labels = Labels(config),
                ExposedPorts = Ports(config),
                Entrypoint = Strings(config, "Entrypoint"),
                Command = Strings(config, "Cmd"),
                Volumes = Member(config, "Volumes") is { ValueKind: JsonValueKind.Object } volumes ? [.. volumes.EnumerateObject().Select(volume => volume.Name)] : [],
                StopSignal = Text(config, "StopSignal"),
                OtherSettings = OtherSettings(config),
                Layers = Text(rootfs, "type") == "layers" ? Strings(rootfs, "diff_ids") : [],
                History = History(root),
            };
            Require(read.Architecture.Length > 0, "names no architecture");
            Require(read.OperatingSystem.Length > 0, "names no operating system");
            return read;
        }

        // An entry without '=' is passed over, as by the SDK.
        private ImmutableArray<KeyValuePair<string, string>> Environment(JsonElement config) =>
            Member(config, "Env") is { ValueKind: JsonValueKind.Array }
                ? [.. Strings(config, "Env")
                    .Select(entry => entry.Split('=', 2))
                    .Where(parts => parts.Length == 2)
                    .Select(parts => KeyValuePair.Create(parts[0], parts[1]))]
                : [];

        private static ImmutableArray<KeyValuePair<string, string>> Labels(JsonElement config) =>
            Member(config, "Labels") is { ValueKind: JsonValueKind.Object } labels
                ? [.. labels.EnumerateObject()
                    .Where(label => label.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array))
                    .Select(label => KeyValuePair.Create(label.Name, Scalar(label.Value)))]
                : [];

        private static ImmutableArray<string> Ports(JsonElement config) =>
            Member(config, "ExposedPorts") is { ValueKind: JsonValueKind.Object } ports
                ? [.. ports.EnumerateObject().Where(port => port.Value.ValueKind == JsonValueKind.Object).Select(port => port.Name)]
                : [];

        private static ImmutableArray<string> OtherSettings(JsonElement config) =>
            config.ValueKind == JsonValueKind.Object
                ? [.. config.EnumerateObject()
                    .Where(setting => setting.Value.ValueKind != JsonValueKind.Null && !KnownSettings.Contains(setting.Name, StringComparer.Ordinal))
                    .Select(setting => setting.Name)]
                : [];

        private ImmutableArray<HistoryStep> History(JsonElement root)
        {
            JsonElement history = Member(root, "history") ?? default;
            Require(history.ValueKind is JsonValueKind.Undefined or JsonValueKind.Array, "has a 'history' that is no list");
            return history.ValueKind == JsonValueKind.Array
                ? [.. history.EnumerateArray().Select(step => new HistoryStep(
                    Text(step, "created_by") ?? "",
                    Member(step, "empty_layer") is { ValueKind: JsonValueKind.True }))]
                : [];
        }

        private ImmutableArray<string> Strings(JsonElement parent, string name)
        {
            JsonElement list = Member(parent, name) ?? default;
            Require(list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Array, $"has no list in '{name}'");
            if (list.ValueKind != JsonValueKind.Array)
            {
                return [];
            }

            Require(list.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Null), $"has something else than text in '{name}'");
            return [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
        }

        private void Require(bool condition, string problem)
        {
            if (!condition)
            {
                Problem ??= $"the image configuration {problem}";
            }
        }

        // The SDK takes numbers and truth values as their text.
        private static string? Text(JsonElement parent, string name) => Member(parent, name) is { } element ? Scalar(element) : null;

        private static string Scalar(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

        private static JsonElement? Member(JsonElement parent, string name) =>
            parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement element) && element.ValueKind != JsonValueKind.Null ? element : null;
    }
}

/// <summary>One step of how an image was made.</summary>
/// <param name="CreatedBy">The instruction, as its builder wrote it. May hold a secret: never show it whole.</param>
/// <param name="IsEmptyLayer">Whether it left no layer.</param>
public sealed record HistoryStep(string CreatedBy, bool IsEmptyLayer);
