using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Images;

namespace MlContainerBuild.Tasks;

/// <summary>A publish as MSBuild describes it: what it is as a whole, and what each platform sets and has compiled.</summary>
/// <param name="Intent">Of the build that publishes.</param>
/// <param name="Platforms">One for each inner build; the publish itself when it is for one platform.</param>
internal sealed record PublishFacts(bool IsMultiPlatform, ContainerIntent Intent, ImmutableArray<PlatformFacts> Platforms)
{
    /// <summary>The engine of a publish without a registry, where the project names one: <c>Docker</c> or <c>Podman</c>.</summary>
    public string? LocalEngine { get; init; }

    /// <summary>The same publish, told that the command line names its base image.</summary>
    public PublishFacts WithBaseImageOnCommandLine() => this with
    {
        Intent = Intent with { IsBaseImageOnCommandLine = true },
        Platforms = [.. Platforms.Select(platform => platform with { Intent = platform.Intent with { IsBaseImageOnCommandLine = true } })],
    };

    /// <param name="facts">Items of <c>_MlContainerDescribe</c>.</param>
    /// <param name="platformFacts">The same of every inner build, with metadata <c>Platform</c>, and its compilations (<c>Kind</c> is <c>Compilation</c>).</param>
    /// <param name="compilations">What a build for one platform has compiled.</param>
    public static PublishFacts Read(string projectPath, ITaskItem[] facts, ITaskItem[] platformFacts, ITaskItem[] compilations, bool isMultiPlatform)
    {
        var own = new ContainerFacts(projectPath, facts);
        ContainerIntent intent = own.ReadIntent(isMultiPlatform);
        if (!isMultiPlatform)
            return new PublishFacts(false, intent, [new PlatformFacts(intent.RuntimeIdentifiers.FirstOrDefault() ?? "", intent, own, compilations)]) { LocalEngine = own.Property("LocalRegistry") };

        // User, directory and command of the outer build reach no image: each inner build sets its own.
        ContainerIntent shared = intent with { Settings = intent.Settings with { User = null, WorkingDirectory = null, Command = [] } };
        return new PublishFacts(true, shared, [.. platformFacts.GroupBy(fact => fact.GetMetadata("Platform")).Select(platform =>
        {
            var inner = new ContainerFacts(projectPath, [.. platform]);
            return new PlatformFacts(platform.Key, inner.ReadIntent(isMultiPlatform: false), inner, [.. platform.Where(fact => fact.GetMetadata("Kind") == "Compilation")]);
        })]) { LocalEngine = own.Property("LocalRegistry") };
    }
}

/// <summary>One platform of a publish.</summary>
/// <param name="RuntimeIdentifier">Empty when the SDK has not chosen one.</param>
internal sealed record PlatformFacts(string RuntimeIdentifier, ContainerIntent Intent, ContainerFacts Facts, ITaskItem[] Compilations)
{
    /// <summary>Absolute; what goes into the application layer.</summary>
    public string PublishDirectory => Facts.Property("PublishDir");
}
