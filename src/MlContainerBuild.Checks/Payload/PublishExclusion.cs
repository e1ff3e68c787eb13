using System.Security;

using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Payload;

/// <summary>The edit that keeps a file out of the publish folder.</summary>
internal static class PublishExclusion
{
    /// <summary>A property or an item to paste into the project.</summary>
    public static string Of(PublishedFile file)
    {
        // The compiler's debug information is no item of the project: the SDK adds it to the publish by itself.
        string extension = Path.GetExtension(file.RelativePath).ToLowerInvariant();
        if (extension == ".pdb")
            return "<CopyOutputSymbolsToPublishDirectory>false</CopyOutputSymbolsToPublishDirectory>";

        // The Web SDK publishes JSON, configuration and wwwroot as Content; any other file has an item that asks for it.
        string item = extension is ".json" or ".config" || file.RelativePath.StartsWith("wwwroot/", StringComparison.Ordinal) ? "Content" : "None";
        return Of(item, file.RelativePath);
    }

    /// <param name="include">A path or a pattern, relative to the project.</param>
    public static string Of(string itemType, string include) =>
        $"""<{itemType} Update="{SecurityElement.Escape(MessageText.Plain(include))}" CopyToPublishDirectory="Never" />""";
}
