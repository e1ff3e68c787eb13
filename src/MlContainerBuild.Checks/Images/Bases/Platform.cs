using System.Collections.Immutable;

namespace MlContainerBuild.Checks.Images.Bases;

/// <summary>What an image runs on, in the words of the OCI specification: <c>linux</c>, <c>arm</c>, <c>v7</c>.</summary>
public sealed record Platform(string OperatingSystem, string Architecture, string? Variant = null)
{
    private static readonly ImmutableArray<(string Rid, string Oci)> Architectures =
    [
        ("x64", "amd64"), ("arm64", "arm64"), ("arm", "arm"), ("armv6", "arm"), ("x86", "386"), ("ppc64le", "ppc64le"),
        ("s390x", "s390x"), ("riscv64", "riscv64"), ("loongarch64", "loong64"),
    ];

    public override string ToString() => Variant is null ? $"{OperatingSystem}/{Architecture}" : $"{OperatingSystem}/{Architecture}/{Variant}";

    /// <summary>The platform a runtime identifier is for; null when the graph leads to none that has containers.</summary>
    public static Platform? Of(string runtimeIdentifier, RuntimeIdentifierGraph graph)
    {
        foreach (string rid in graph.Expand(runtimeIdentifier))
        {
            string? system = rid.StartsWith("linux-", StringComparison.Ordinal) ? "linux" : rid.StartsWith("win-", StringComparison.Ordinal) ? "windows" : null;
            string architecture = rid[(rid.IndexOf('-', StringComparison.Ordinal) + 1)..];
            string? oci = Architectures.FirstOrDefault(pair => pair.Rid == architecture).Oci;
            if (system is not null && oci is not null)
            {
                return new Platform(system, oci, architecture switch { "arm" => "v7", "armv6" => "v6", _ => null });
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a machine of this platform runs an image of <paramref name="image"/>. What the image does not say counts as
    /// fitting; of 32-bit ARM a machine also runs the older versions.
    /// </summary>
    public bool Runs(Platform image)
    {
        if (image.OperatingSystem != OperatingSystem || Normalize(image.Architecture) != Architecture)
        {
            return false;
        }

        return Architecture != "arm" || Variant is null || image.Variant is null
            || string.CompareOrdinal(image.Variant, Variant) <= 0;
    }

    // Not everybody writes Go's names.
    private static string Normalize(string architecture) => architecture switch
    {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "i386" or "x86" => "386",
        "loongarch64" => "loong64",
        _ => architecture,
    };
}
