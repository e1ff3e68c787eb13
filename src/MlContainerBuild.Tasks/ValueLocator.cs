using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Tasks;

/// <summary>
/// Finds the line that set a value, by evaluating the project a second time with the build's own global properties
/// (about 200 ms). So it is asked only when there is a finding to show, and evaluates at the first question.
/// </summary>
internal sealed class ValueLocator(string projectPath, IReadOnlyDictionary<string, string> globalProperties) : IDisposable
{
    // Labels the SDK derives from a property when nobody sets them, and the properties in the order it asks them.
    private static readonly Dictionary<string, string[]> PropertiesOfLabel = new(StringComparer.Ordinal)
    {
        ["org.opencontainers.image.description"] = ["ContainerDescription", "Description"],
        ["org.opencontainers.artifact.description"] = ["ContainerDescription", "Description"],
        ["org.opencontainers.image.authors"] = ["ContainerAuthors", "Authors"],
        ["org.opencontainers.image.url"] = ["ContainerInformationUrl", "PackageProjectUrl"],
        ["org.opencontainers.image.documentation"] = ["ContainerDocumentationUrl", "PackageProjectUrl"],
        ["org.opencontainers.image.version"] = ["ContainerVersion", "PackageVersion", "Version"],
        ["org.opencontainers.image.vendor"] = ["ContainerVendor"],
        ["org.opencontainers.image.licenses"] = ["ContainerLicenseExpression", "PackageLicenseExpression"],
        ["org.opencontainers.image.title"] = ["ContainerTitle", "Title"],
        ["org.opencontainers.image.source"] = ["PrivateRepositoryUrl", "RepositoryUrl"],
        ["org.opencontainers.image.base.name"] = ["ContainerBaseImage"],
    };

    private readonly SourceSpan project = new(projectPath);
    private ProjectCollection? collection;
    private Project? evaluated;

    /// <summary>
    /// The place to show for a finding, and a remark on what set the value where no line did ("" when the place says it all).
    /// </summary>
    public (SourceSpan Span, string Remark) Locate(ValueSource source)
    {
        switch (source)
        {
            case ValueSource.File file:
                return (file.Span, "");
            case ValueSource.Property property:
                return LocateProperty(property.Name) ?? (project, $"{property.Name} is set by a target, or by the SDK.");
            case ValueSource.Item item:
                return LocateItem(item) ?? (project, $"{Describe(item)} is added by a target, or by the SDK.");
            default:
                return (project, "");
        }
    }

    public void Dispose() => collection?.Dispose();

    private (SourceSpan, string)? LocateProperty(string name)
    {
        ProjectProperty? property = Evaluate()?.GetProperty(name);
        return property switch
        {
            null => null,
            { IsGlobalProperty: true } => (project, $"{name} is set on the command line."),
            { IsEnvironmentProperty: true } => (project, $"{name} is set by an environment variable."),
            { Xml: { } xml } when !IsSdkFile(xml.Location) => (Span(xml.Location), ""),
            _ => null,
        };
    }

    private (SourceSpan, string)? LocateItem(ValueSource.Item source)
    {
        ProjectItem? item = Evaluate()?.GetItems(source.ItemType).LastOrDefault(candidate => candidate.EvaluatedInclude == source.Include);
        if (item is not null && !IsSdkFile(item.Xml.Location))
        {
            ElementLocation? metadata = source.Metadata is null ? null : item.GetMetadata(source.Metadata)?.Location;
            return (Span(metadata ?? item.Xml.Location), "");
        }

        if (source.ItemType == "ContainerLabel" && PropertiesOfLabel.TryGetValue(source.Include, out string[]? properties))
        {
            return properties.Select(LocateProperty).FirstOrDefault(place => place is not null);
        }

        return null;
    }

    // Named items are known by their name, in which somebody may have put a secret. The identity of an argument is the argument itself, which may be a secret.
    private static string Describe(ValueSource.Item item) => item.Metadata is null ? $"An item of {item.ItemType}" : $"{item.ItemType} '{SecretMask.Redact(item.Include)}'";

    private Project? Evaluate()
    {
        if (collection is not null)
            return evaluated;

        collection = new ProjectCollection(new Dictionary<string, string>(globalProperties));
        try
        {
            evaluated = new Project(projectPath, globalProperties: null, toolsVersion: null, collection, ProjectLoadSettings.IgnoreMissingImports | ProjectLoadSettings.IgnoreInvalidImports);
        }
        catch (Exception exception) when (exception is InvalidProjectFileException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // The build that asks has evaluated the project; if it cannot be read again a moment later, the line stays unknown.
            evaluated = null;
        }

        return evaluated;
    }

    private static SourceSpan Span(ElementLocation location) => new(location.File, location.Line, location.Column);

    private bool IsSdkFile(ElementLocation location)
    {
        string sdks = evaluated?.GetPropertyValue("MSBuildExtensionsPath") ?? "";
        string packs = evaluated?.GetPropertyValue("NetCoreTargetingPackRoot") ?? "";
        return (sdks.Length > 0 && location.File.StartsWith(sdks, StringComparison.Ordinal))
            || (packs.Length > 0 && location.File.StartsWith(packs, StringComparison.Ordinal));
    }
}
