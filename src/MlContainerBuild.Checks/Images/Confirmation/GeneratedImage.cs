using System.Diagnostics.CodeAnalysis;
using System.Text;

using MlContainerBuild.Checks.Images.Bases;

namespace MlContainerBuild.Checks.Images.Confirmation;

/// <summary>An image as the SDK says it has made it, in JSON: <c>@(GeneratedContainer)</c>.</summary>
public sealed record GeneratedImage(string Manifest, string Configuration)
{
    /// <summary>Reads both; false with the reason when one of them is not what it should be.</summary>
    internal bool TryRead([NotNullWhen(true)] out ServedImage? image, [NotNullWhen(false)] out string? error)
    {
        image = null;
        if (!ImageDocument.TryRead(Encoding.UTF8.GetBytes(Manifest), out ImageDocument? document, out error)
            || !ImageConfig.TryRead(Encoding.UTF8.GetBytes(Configuration), out ImageConfig? config, out error))
        {
            return false;
        }

        if (document is not ImageDocument.Manifest manifest)
        {
            error = "an index stands where an image should";
            return false;
        }

        image = new ServedImage(manifest.MediaType, manifest.Layers, config);
        return true;
    }
}
