using System.Collections.Immutable;

namespace MlContainerBuild.Secrets;

/// <summary>
/// Every kind of secret the engine knows. Where two rows claim the same text, the earlier one names it: tokens come before
/// the containers they travel in, such as a URI.
/// </summary>
internal static partial class SecretFormats
{
    private const string Observed = "no vendor specification; several public scanners agree";

    public static ImmutableArray<SecretFormat> All { get; } = ImmutableArray.CreateRange<SecretFormat>(
    [
        .. ModelProviders,
        .. Clouds,
        .. Registries,
        .. Services,
        .. Operations,
        .. WithoutForm,
        .. Containers,
    ]);

    /// <summary>A token that starts with one of <paramref name="prefixes"/> and has one shape.</summary>
    private static SecretFormat Token(string id, string name, string shape, string source, params string[] prefixes) => new()
    {
        Id = id,
        Name = name,
        Source = source,
        Literals = prefixes,
        Shapes = [new(shape)],
    };

    /// <summary>A token with a run so long that the text before it must rule out a token within a token.</summary>
    private static SecretFormat Long(
        string id, string name, string shape, string source, string prefix, SecretConfidence confidence = SecretConfidence.Structural) => new()
    {
        Id = id,
        Name = name,
        Source = source,
        Confidence = confidence,
        Literals = [prefix],
        Shapes = [new(shape) { Before = ByteClass.Base64 | ByteClass.Base64Url }],
    };
}
