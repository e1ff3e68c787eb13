using System.Text.Json;

using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Reports;

/// <summary>
/// Writes <c>image.json</c>: what a step that signs, attests or deploys has to know of the image. The names are a promise, see
/// docs/reports.md; every property is always there, null where it is not known.
/// </summary>
public static class ImageJsonWriter
{
    public static void Write(PublishReport report, PublishedImage image, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 1);
        json.WriteString("verdict", VerdictWriter.VerdictOf(report));
        json.WriteString("destination", image.Kind switch
        {
            ImageDestination.Registry => "registry",
            ImageDestination.Daemon => "daemon",
            _ => "archive",
        });
        json.WriteString("name", SecretMask.Redact(image.Destination));
        json.WriteStartArray("tags");
        foreach (string tag in image.Tags)
            json.WriteStringValue(SecretMask.Redact(tag));

        json.WriteEndArray();
        json.WriteString("digest", image.Digest);
        json.WriteString("reference", image.Digest is null ? null : $"{SecretMask.Redact(image.Destination)}@{image.Digest}");
        WriteBase(json, report.BaseImage);
        json.WriteStartArray("platforms");
        foreach (PlatformImage platform in report.Platforms)
            WritePlatform(json, platform);

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBase(Utf8JsonWriter json, BaseImage? baseImage)
    {
        if (baseImage is null)
        {
            json.WriteNull("base");
            return;
        }

        json.WriteStartObject("base");
        json.WriteString("reference", SecretMask.Redact(baseImage.Reference));
        json.WriteString("digest", baseImage.Digest);
        json.WriteEndObject();
    }

    private static void WritePlatform(Utf8JsonWriter json, PlatformImage platform)
    {
        json.WriteStartObject();
        json.WriteString("runtimeIdentifier", platform.RuntimeIdentifier);
        json.WriteString("platform", platform.Platform);
        json.WriteString("digest", platform.Digest);
        json.WriteString("baseDigest", platform.BaseDigest);

        // What the project asks for is not what the runtime will see: without the base image the user is not known.
        json.WriteString("user", platform.IsEffective && platform.Settings.User is { } user ? SecretMask.Redact(user.Value) : null);
        json.WriteString("created", platform.Created is { } created ? VerdictWriter.Timestamp(created) : null);
        json.WriteEndObject();
    }
}
