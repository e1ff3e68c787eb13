using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

using MlContainerBuild.Checks.Images.Registries;

namespace MlContainerBuild.Checks.Images.Bases;

/// <summary>A reference by digest from one document to another.</summary>
/// <param name="MediaType">Null when the document does not say.</param>
/// <param name="Size">In bytes, as the document says; 0 when it does not, or says what can be no size.</param>
public sealed record Descriptor(string Digest, string? MediaType, long Size = 0);

/// <summary>One image of an index.</summary>
/// <param name="Platform">Null when the index does not say, as for attestations.</param>
/// <param name="RuntimeIdentifier">What the .NET SDK takes the platform for; null when it passes over the entry.</param>
internal sealed record IndexEntry(Descriptor Manifest, Platform? Platform, string? RuntimeIdentifier);

/// <summary>
/// What stands behind a tag or digest: an index or a manifest (OCI image specification; Docker's list and manifest v2).
/// Documents that could be read as both, or twice in one, are refused: the SDK might read the other one (CVE-2021-41190).
/// </summary>
internal abstract record ImageDocument
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private ImageDocument()
    {
    }

    public sealed record Index(ImmutableArray<IndexEntry> Entries) : ImageDocument;

    /// <param name="MediaType">The document's own word, or null.</param>
    public sealed record Manifest(Descriptor Config, ImmutableArray<Descriptor> Layers, string? MediaType) : ImageDocument;

    /// <summary>Reads a document; false with the reason when it is none that the SDK builds on.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ImageDocument? document, [NotNullWhen(false)] out string? error)
    {
        document = null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes, Strict);
            (document, error) = Read(json.RootElement);
            return error is null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not Unicode.
            error = "the answer is not JSON, or names a property twice";
            return false;
        }
    }

    private static (ImageDocument? Document, string? Error) Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, "the answer is no JSON object");
        }

        // The SDK reads these documents without regard to case, and of two spellings the last.
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
                return (null, "the document names a property in two spellings");
        }

        string? mediaType = Text(root, "mediaType");
        bool hasManifests = Member(root, "manifests") is not null;
        bool hasImage = Member(root, "config") is not null || Member(root, "layers") is not null;
        if (hasManifests && (hasImage || MediaTypes.IsManifest(mediaType)) || (hasImage && MediaTypes.IsIndex(mediaType)))
        {
            return (null, "the document could be read as an index and as a manifest");
        }

        return hasManifests ? ReadIndex(root) : hasImage ? ReadManifest(root, mediaType) : (null, "the document is neither a manifest (version 2) nor an index");
    }

    private static (ImageDocument? Document, string? Error) ReadManifest(JsonElement root, string? mediaType)
    {
        if (Member(root, "config") is not { } config || ReadDescriptor(config) is not { } configDescriptor)
        {
            return (null, "the manifest names no configuration by a sha256 digest");
        }

        if (Member(root, "layers") is not { ValueKind: JsonValueKind.Array } list)
        {
            return (null, "the manifest has no list of layers");
        }

        ImmutableArray<Descriptor>.Builder layers = ImmutableArray.CreateBuilder<Descriptor>();
        foreach (JsonElement layer in list.EnumerateArray())
        {
            if (ReadDescriptor(layer) is not { } descriptor)
            {
                return (null, "the manifest names a layer without a sha256 digest");
            }

            layers.Add(descriptor);
        }

        return (new Manifest(configDescriptor, layers.ToImmutable(), mediaType), null);
    }

    private static (ImageDocument? Document, string? Error) ReadIndex(JsonElement root)
    {
        if (Member(root, "manifests") is not { ValueKind: JsonValueKind.Array } list)
        {
            return (null, "the index has no list of images");
        }

        ImmutableArray<IndexEntry>.Builder entries = ImmutableArray.CreateBuilder<IndexEntry>();
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (ReadDescriptor(entry) is not { } descriptor)
            {
                return (null, "the index names an image without a sha256 digest");
            }

            JsonElement? platform = Member(entry, "platform");
            string? system = Text(platform, "os");
            string? architecture = Text(platform, "architecture");
            string? variant = Text(platform, "variant");
            entries.Add(new IndexEntry(
                descriptor,
                system is null || architecture is null ? null : new Platform(system, architecture, variant),
                RuntimeIdentifier(system, Text(platform, "os.version"), architecture, variant)));
        }

        return (new Index(entries.ToImmutable()), null);
    }

    // What the SDK makes of a platform; "x386" is its own spelling, so that it finds no 32-bit x86 image.
    private static string? RuntimeIdentifier(string? system, string? version, string? architecture, string? variant)
    {
        string? os = system switch { "linux" => "linux", "windows" => "win", _ => null };
        string? cpu = architecture switch
        {
            "amd64" => "x64",
            "x386" => "x86",
            "arm" => variant == "v7" ? "arm" : "arm" + variant,
            "arm64" or "ppc64le" or "s390x" or "riscv64" or "loongarch64" => architecture,
            _ => null,
        };
        return os is null || cpu is null ? null : $"{os}{version?.Split('.')[0]}-{cpu}";
    }

    private static Descriptor? ReadDescriptor(JsonElement element) =>
        Text(element, "digest") is { } digest && ImageReference.IsSha256Digest(digest)
            ? new Descriptor(digest, Text(element, "mediaType"), Size(element))
            : null;

    private static long Size(JsonElement element) =>
        Member(element, "size") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long size) && size > 0 ? size : 0;

    // Null, too, where the name stands there in two spellings: which one the SDK takes is its affair, not ours to guess.
    private static JsonElement? Member(JsonElement? element, string name)
    {
        if (element is not { ValueKind: JsonValueKind.Object } parent)
        {
            return null;
        }

        JsonElement? match = null;
        foreach (JsonProperty property in parent.EnumerateObject())
        {
            if (!property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;

            if (match is not null)
                return null;

            match = property.Value;
        }

        return match is { ValueKind: JsonValueKind.Null } ? null : match;
    }

    private static string? Text(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
