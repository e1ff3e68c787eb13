using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;

namespace MlContainerBuild.Tasks;

/// <summary>
/// Reads the items that <c>_MlContainerDescribe</c> makes of a build's properties and items. <c>Kind</c> says what an item
/// stands for: <c>Property</c> (its name, with <c>Value</c>), or one of the SDK's item types.
/// </summary>
internal sealed class ContainerFacts(string projectPath, IReadOnlyCollection<ITaskItem> facts)
{
    // Labels that the SDK makes of nothing a project says.
    private static readonly string[] SdkLabels =
    [
        "org.opencontainers.image.created", "org.opencontainers.artifact.created", "org.opencontainers.image.base.name",
        "net.dot.runtime.majorminor", "net.dot.sdk.version",
    ];

    /// <summary>The value of a property; empty when it has none.</summary>
    public string Property(string name) =>
        facts.FirstOrDefault(fact => fact.GetMetadata("Kind") == "Property" && fact.ItemSpec == name)?.GetMetadata("Value") ?? "";

    /// <summary>Whether a property is what MSBuild takes for true.</summary>
    public bool IsTrue(string name) => Property(name).Trim().ToLowerInvariant() is "true" or "yes" or "on" or "!false" or "!no" or "!off";

    /// <summary>What the build has resolved to be published: source path, and metadata <c>RelativePath</c> below the publish folder.</summary>
    public IEnumerable<ITaskItem> PublishedFiles => Items("ResolvedFileToPublish");

    /// <summary>The models that the project declares, with metadata <c>TargetPath</c> below the publish folder.</summary>
    public IEnumerable<ITaskItem> Models => Items("MlContainerModel");

    /// <summary>What the publish is about to do.</summary>
    /// <param name="isMultiPlatform">Whether the SDK is going to start one inner build for each platform.</param>
    public ContainerIntent ReadIntent(bool isMultiPlatform)
    {
        var command = new CommandIntent
        {
            Entrypoint = Arguments("ContainerEntrypoint"),
            EntrypointArgs = Arguments("ContainerEntrypointArgs"),
            AppCommand = Arguments("ContainerAppCommand"),
            AppCommandArgs = Arguments("ContainerAppCommandArgs"),
            DefaultArgs = Arguments("ContainerDefaultArgs"),
            Instruction = Setting("ContainerAppCommandInstruction"),
        };
        bool isInferred = Property("_InitialContainerBaseImage").Length == 0;
        return new ContainerIntent
        {
            ProjectPath = projectPath,
            BaseImage = new Setting("ContainerBaseImage", ReadBaseImage(), isInferred ? ValueSource.Sdk.Instance : new ValueSource.Property("ContainerBaseImage")),
            IsBaseImageInferred = isInferred,
            Registry = Setting("ContainerRegistry"),
            Repository = Setting("ContainerRepository"),
            Tags = ReadTags(),
            ArchiveOutputPath = Setting("ContainerArchiveOutputPath"),
            RuntimeIdentifiers = ReadRuntimeIdentifiers(isMultiPlatform),
            IsMultiPlatformBuild = isMultiPlatform,
            Command = command,
            GeneratesLabels = !IsFalse("ContainerGenerateLabels"),
            GeneratesBaseDigestLabel = !IsFalse("ContainerGenerateLabelsImageBaseDigest"),
            ImageFormat = Setting("ContainerImageFormat"),
            Settings = new ImageSettings
            {
                User = Setting("ContainerUser"),
                WorkingDirectory = Setting("ContainerWorkingDirectory"),
                Environment = NamedValues("ContainerEnvironmentVariable"),
                Labels = [.. NamedValues("ContainerLabel").Select(label => SdkLabels.Contains(label.Name) ? label with { Source = ValueSource.Sdk.Instance } : label)],
                Ports = [.. Items("ContainerPort").Select(port => new Setting(
                    port.ItemSpec, port.GetMetadata("Type") is { Length: > 0 } type ? type : "tcp", new ValueSource.Item("ContainerPort", port.ItemSpec)))],
                Command = [.. command.Entrypoint, .. command.EntrypointArgs, .. command.AppCommand, .. command.AppCommandArgs, .. command.DefaultArgs],
            },
        };
    }

    // The SDK pulls what it has split the reference into, so a target that changed one of the parts counts, not the text.
    private string ReadBaseImage()
    {
        string text = Property("ContainerBaseImage");
        string name = Property("ContainerBaseName");
        if (name.Length == 0)
            return text;

        string registry = Property("ContainerBaseRegistry");
        string tag = Property("ContainerBaseTag");
        string digest = Property("ContainerBaseDigest");
        string parts = $"{(registry.Length == 0 ? "" : registry + "/")}{name}{(tag.Length == 0 ? "" : ":" + tag)}{(digest.Length == 0 ? "" : "@" + digest)}";
        bool isSame = ImageReference.TryParse(text, out ImageReference? written, out _)
            && ImageReference.TryParse(parts, out ImageReference? used, out _)
            && written with { Tag = written.Tag ?? "latest" } == used with { Tag = used.Tag ?? "latest" };
        return isSame ? text : parts;
    }

    private ImmutableArray<Setting> ReadTags()
    {
        string property = Property("ContainerImageTags").Length > 0 ? "ContainerImageTags" : "ContainerImageTag";
        ValueSource source = Property("_MlContainerOwnTag").Length == 0 ? ValueSource.Sdk.Instance : new ValueSource.Property(property);
        return [.. Items("ContainerImageTag").Select(tag => new Setting(property, tag.ItemSpec, source))];
    }

    private ImmutableArray<string> ReadRuntimeIdentifiers(bool isMultiPlatform)
    {
        if (!isMultiPlatform)
            return Property("ContainerRuntimeIdentifier") is { Length: > 0 } one ? [one] : [];

        string many = Property("ContainerRuntimeIdentifiers") is { Length: > 0 } container ? container : Property("RuntimeIdentifiers");
        return [.. many.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    // What MSBuild takes for false where a task wants a truth value.
    private bool IsFalse(string property) => Property(property).Trim().ToLowerInvariant() is "false" or "no" or "off" or "!true" or "!yes" or "!on";

    private Setting? Setting(string property) =>
        Property(property) is { Length: > 0 } value ? new Setting(property, value, new ValueSource.Property(property)) : null;

    private ImmutableArray<Setting> NamedValues(string itemType) =>
        [.. Items(itemType).Select(item => new Setting(item.ItemSpec, item.GetMetadata("Value"), new ValueSource.Item(itemType, item.ItemSpec, "Value")))];

    private ImmutableArray<Setting> Arguments(string itemType) =>
        [.. Items(itemType).Select(item => new Setting(itemType, item.ItemSpec, new ValueSource.Item(itemType, item.ItemSpec)))];

    private IEnumerable<ITaskItem> Items(string kind) => facts.Where(fact => fact.GetMetadata("Kind") == kind);
}
