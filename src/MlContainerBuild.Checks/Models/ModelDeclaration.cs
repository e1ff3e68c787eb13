using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Models;

/// <summary>One <c>MlContainerModel</c> of a project.</summary>
/// <param name="Include">The item's identity.</param>
/// <param name="FullPath">Absolute path of the file in the project; it need not exist.</param>
/// <param name="TargetPath">Its place below the publish folder, with <c>/</c>.</param>
/// <param name="Sha256">64 lower-case hex digits; null when the project does not say.</param>
/// <param name="IsMounted">Whether it stays out of the image and is mounted at run time.</param>
public sealed record ModelDeclaration(string Include, string FullPath, string TargetPath, string? Sha256, bool IsMounted)
{
    public const string ItemType = "MlContainerModel";

    /// <summary>What findings about it point at.</summary>
    public ValueSource Source => new ValueSource.Item(ItemType, Include, Sha256 is null ? null : "Sha256");

    /// <summary>Reads an item's metadata.</summary>
    /// <param name="sha256">As written; empty for none.</param>
    /// <param name="mount">As written; empty for the default.</param>
    /// <param name="projectPath">Absolute; the project that declares it.</param>
    /// <param name="findings">Gets an MLC9008 for each value that is none.</param>
    public static ModelDeclaration Read(string include, string fullPath, string targetPath, string sha256, string mount, string projectPath, ICollection<Finding> findings)
    {
        string digits = sha256.Trim().ToLowerInvariant();
        bool isHash = digits.Length == 64 && digits.All(char.IsAsciiHexDigit);
        if (digits.Length > 0 && !isHash)
            findings.Add(Unknown(include, "Sha256", sha256, $"64 hexadecimal digits. What writes it: {ModelPinCommand.Of(projectPath)}"));

        string mounted = mount.Trim().ToLowerInvariant();
        if (mounted is not ("" or "true" or "false"))
            findings.Add(Unknown(include, "Mount", mount, "true or false"));

        return new ModelDeclaration(include, fullPath, targetPath.Replace('\\', '/'), isHash ? digits : null, mounted == "true");
    }

    private static Finding Unknown(string include, string metadata, string value, string expected) => new(
        RuleCatalog.Get("MLC9008"),
        $"{metadata} of {ItemType} {MessageText.Quote(include)} is {MessageText.Quote(value)}.",
        $"Set it to {expected}.",
        new ValueSource.Item(ItemType, include, metadata));
}
