using System.Text;
using System.Xml;

using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Tasks.Pins;

/// <summary>A project, evaluated as the build that asks has evaluated it (about 200 ms), from the files as they are now.</summary>
internal sealed class ProjectEvaluation : IDisposable
{
    private readonly ProjectCollection collection;
    private readonly Project project;

    private ProjectEvaluation(ProjectCollection collection, Project project)
    {
        this.collection = collection;
        this.project = project;
    }

    /// <summary>Evaluates.</summary>
    /// <param name="globalProperties">Those of the build.</param>
    /// <param name="edited">A file to take from memory instead of the disk: to see what an edit would do.</param>
    /// <returns>Null when the project cannot be evaluated.</returns>
    public static ProjectEvaluation? TryLoad(
        string projectPath, IReadOnlyDictionary<string, string> globalProperties, (string Path, ReadOnlyMemory<byte> Bytes)? edited = null)
    {
        // Of its own: the build's collection may hold what the files said when it began.
        var collection = new ProjectCollection(new Dictionary<string, string>(globalProperties));
        try
        {
            // The collection finds it by its path, and holds it weakly until the project does.
            ProjectRootElement? inMemory = edited is (string path, ReadOnlyMemory<byte> bytes) ? Read(path, bytes, collection) : null;
            var project = new Project(projectPath, globalProperties: null, toolsVersion: null, collection);
            GC.KeepAlive(inMemory);
            return new ProjectEvaluation(collection, project);
        }
        catch (Exception exception) when (exception is InvalidProjectFileException or IOException or UnauthorizedAccessException or InvalidOperationException or XmlException)
        {
            collection.Dispose();
            return null;
        }
    }

    public string ValueOf(string property) => project.GetPropertyValue(property);

    /// <summary>What sets a property.</summary>
    /// <param name="tolerated">
    /// A property that other values may depend on, although none of them counts here: the target framework, where a new value is
    /// going to depend on it, too.
    /// </param>
    public PropertyOrigin OriginOf(string property, string? tolerated = null)
    {
        switch (project.GetProperty(property))
        {
            case { IsGlobalProperty: true }:
                return new PropertyOrigin.OutOfReach("it is given on the command line, in a response file or by the solution", "there");
            case { IsEnvironmentProperty: true }:
                return new PropertyOrigin.OutOfReach("it is an environment variable", "there");
            case { Xml.Location: { } location } when IsOwn(location.File):
                return new PropertyOrigin.Element(Span(location));
            case { Xml.Location: { } location }:
                return new PropertyOrigin.OutOfReach("it is set by a file of a package or of the SDK, or by a generated file", $"in {project.FullPath}", Span(location));
            default:
                return OriginOfNothing(property, tolerated);
        }
    }

    /// <summary>What makes each item of a type, and what gives it a metadatum; a default of an item definition does not count.</summary>
    public IEnumerable<ItemOrigin> OriginsOf(string itemType, string metadata)
    {
        ICollection<ProjectItem> items = project.GetItems(itemType);
        Dictionary<ProjectItemElement, int> includes = items.CountBy(item => item.Xml).ToDictionary();
        Dictionary<ProjectMetadataElement, int> setters = items.Select(item => item.GetMetadata(metadata)?.Xml).OfType<ProjectMetadataElement>().CountBy(xml => xml).ToDictionary();
        foreach (ProjectItem item in items)
        {
            ProjectMetadataElement? setter = item.GetMetadata(metadata)?.Xml;
            yield return new ItemOrigin(
                item.EvaluatedInclude,
                Span(item.Xml.Location),
                IsOwn(item.Xml.Location.File),
                includes[item.Xml] == 1 && item.Xml.Include.AsSpan().IndexOfAny("*?;$@") < 0,
                setter?.Parent is ProjectItemElement element
                    ? new MetadataOrigin(Span(element.Location), setter.ExpressedAsAttribute ? null : Span(setter.Location), IsOwn(element.Location.File), setters[setter] == 1)
                    : null);
        }
    }

    /// <summary>The value of an item's metadatum; null without the item.</summary>
    public string? MetadataOf(string itemType, string include, string metadata) =>
        project.GetItems(itemType).FirstOrDefault(item => item.EvaluatedInclude == include)?.GetMetadataValue(metadata);

    public void Dispose() => collection.Dispose();

    // Values that do not count here count elsewhere: in another configuration, for another platform, or once a target has run.
    private PropertyOrigin OriginOfNothing(string property, string? tolerated)
    {
        ProjectPropertyElement[] others =
        [
            .. project.Imports.Select(import => import.ImportedProject).Append(project.Xml)
                .Where(file => IsOwn(file.FullPath))
                .SelectMany(file => file.Properties)
                .Where(element => element.Name.Equals(property, StringComparison.OrdinalIgnoreCase))
                .Where(element => tolerated is null || IsInTarget(element) || !DependsOn(element, tolerated)),
        ];
        if (others.Length == 0)
            return new PropertyOrigin.Nowhere();

        ProjectPropertyElement first = others[0];
        return IsInTarget(first)
            ? new PropertyOrigin.OutOfReach($"the target in {Span(first.Location)} may set it", "in that target", Span(first.Location))
            : new PropertyOrigin.OutOfReach(
                $"it is set in {string.Join(" and ", others.Take(3).Select(element => Span(element.Location)))}, under conditions that do not hold now",
                "where it belongs, or run the command with the properties that make one of the conditions hold (-p:Name=value)",
                Span(first.Location));
    }

    private static bool IsInTarget(ProjectElement element) => Ancestors(element).Any(ancestor => ancestor is ProjectTargetElement);

    private static bool DependsOn(ProjectElement element, string property) =>
        Ancestors(element).Prepend(element).Any(ancestor => ancestor.Condition.Contains($"$({property})", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<ProjectElement> Ancestors(ProjectElement element)
    {
        for (ProjectElement? ancestor = element.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            yield return ancestor;
        }
    }

    /// <summary>Whether a file is the user's: no package's, not the SDK's, and not written by restore.</summary>
    private bool IsOwn(string file)
    {
        string[] folders =
        [
            .. ValueOf("NuGetPackageRoot").Split(';'), .. ValueOf("NuGetPackageFolders").Split(';'),
            ValueOf("MSBuildExtensionsPath"), ValueOf("MSBuildSDKsPath"), ValueOf("MSBuildBinPath"), ValueOf("NetCoreRoot"), ValueOf("NetCoreTargetingPackRoot"),
            ValueOf("MSBuildProjectExtensionsPath"),
        ];
        StringComparison comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return !folders.Any(folder => folder.Length > 0 && file.StartsWith(FullFolder(folder), comparison));
    }

    private string FullFolder(string folder) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, project.DirectoryPath)) + Path.DirectorySeparatorChar;

    private static ProjectRootElement Read(string path, ReadOnlyMemory<byte> bytes, ProjectCollection collection)
    {
        // As MSBuild opens a file: UTF-8 unless a byte order mark says otherwise, whatever the XML declaration says.
        using var text = new StreamReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        using XmlReader reader = XmlReader.Create(text);
        ProjectRootElement root = ProjectRootElement.Create(reader, collection);
        root.FullPath = path;
        return root;
    }

    private static SourceSpan Span(ElementLocation location) => new(location.File, location.Line, location.Column);
}
