using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Models.Rules;

/// <summary>
/// MLC3053. A model may keep weights in other files, and some loaders open whatever path it names (CVE-2024-27318,
/// CVE-2025-51480). The standard wants a path below the model's own folder.
/// </summary>
internal static class ExternalDataRule
{
    // How ONNX Runtime writes "at this address" for itself. In a file it makes a loader read from anywhere in memory.
    private const string MemoryAddress = "*/_ORT_MEM_ADDR_/*";

    /// <param name="exists">Whether the image holds a file, by its place below the publish folder.</param>
    public static IEnumerable<Finding> Check(PublishedModel model, Func<string, bool> exists)
    {
        foreach (string location in model.File.ExternalData)
        {
            if (Reason(location) is { } reason)
            {
                yield return new Finding(
                    RuleCatalog.Get("MLC3053"),
                    $"{model.Subject} takes weights from {MessageText.Quote(location)}, {reason}: whoever made the model decides which file of the container its loader opens.",
                    "Save the model again with its data beside it (onnx.save_model with save_as_external_data and a file name as location), and find out where this one came from.",
                    model.Source);
            }
            else if (!model.IsMounted && location.Length > 0 && !exists(Resolve(model.RelativePath, location)))
            {
                yield return new Finding(
                    RuleCatalog.Get("MLC3053"),
                    $"{model.Subject} takes weights from {MessageText.Quote(location)}, and there is no such file beside it: it cannot be loaded.",
                    "Publish that file, too, or mount both.",
                    model.Source)
                {
                    Severity = Severity.Warning,
                };
            }
        }
    }

    /// <summary>Where the data of a model lie below the publish folder.</summary>
    public static string Resolve(string modelPath, string location)
    {
        string folder = modelPath[..(modelPath.LastIndexOf('/') + 1)];
        return folder + string.Join('/', location.Replace('\\', '/').Split('/').Where(part => part is not ("" or ".")));
    }

    /// <summary>A clause on why a location is none that a model may name; null for one that it may.</summary>
    public static string? Reason(string location) =>
        location.StartsWith(MemoryAddress, StringComparison.Ordinal) ? "which stands for an address in memory"
        : location.StartsWith('/') || location.StartsWith('\\') || location is [_, ':', ..] && char.IsAsciiLetter(location[0]) ? "an absolute path"
        : location.Contains("://", StringComparison.Ordinal) ? "an address on a network"
        : location.Split('/', '\\').Contains("..") ? "outside the model's folder"
        : location.Any(char.IsControl) ? "a name with control characters"
        : null;
}
