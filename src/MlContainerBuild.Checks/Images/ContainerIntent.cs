using System.Collections.Immutable;

namespace MlContainerBuild.Checks.Images;

/// <summary>What a publish is about to do, read from the project's properties and items; no network has been used.</summary>
public sealed record ContainerIntent
{
    /// <summary>Absolute path of the project file.</summary>
    public required string ProjectPath { get; init; }

    /// <summary>The base as the SDK will use it: given by the project or inferred by the SDK.</summary>
    public required Setting BaseImage { get; init; }

    /// <summary>Whether the SDK chose the base because the project names none.</summary>
    public bool IsBaseImageInferred { get; init; }

    /// <summary>Destination registry; null pushes to the local daemon.</summary>
    public Setting? Registry { get; init; }

    public Setting? Repository { get; init; }

    public ImmutableArray<Setting> Tags { get; init; } = [];

    public Setting? ArchiveOutputPath { get; init; }

    /// <summary>The platforms to publish, at least one.</summary>
    public ImmutableArray<string> RuntimeIdentifiers { get; init; } = [];

    /// <summary>Whether the SDK will start one inner build per platform and join them in an index.</summary>
    public bool IsMultiPlatform => RuntimeIdentifiers.Length > 1 || IsMultiPlatformBuild;

    /// <summary>The SDK's own decision (<c>_IsMultiRIDBuild</c>): true with a single entry in a list, too.</summary>
    public bool IsMultiPlatformBuild { get; init; }

    public ImageSettings Settings { get; init; } = new();
}
