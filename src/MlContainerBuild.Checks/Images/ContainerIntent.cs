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

    /// <summary>Whether the command line names the base, where no file can be changed to pin it.</summary>
    public bool IsBaseImageOnCommandLine { get; init; }

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

    /// <summary>The parts of the command line before the SDK joins them, which it can only do once it knows the base.</summary>
    public CommandIntent Command { get; init; } = new();

    /// <summary><c>ContainerGenerateLabels</c>: when false the SDK writes no label at all, not even the project's own.</summary>
    public bool GeneratesLabels { get; init; } = true;

    /// <summary><c>ContainerGenerateLabelsImageBaseDigest</c>: whether the SDK adds <c>org.opencontainers.image.base.digest</c>.</summary>
    public bool GeneratesBaseDigestLabel { get; init; } = true;

    /// <summary><c>ContainerImageFormat</c>, <c>OCI</c> or <c>Docker</c>; null keeps the base image's.</summary>
    public Setting? ImageFormat { get; init; }
}

/// <summary>
/// What the project says about the process to start, one property for each item type of the SDK.
/// <see cref="ImageSettings.Command"/> is what becomes of it.
/// </summary>
public sealed record CommandIntent
{
    /// <summary><c>@(ContainerEntrypoint)</c>.</summary>
    public ImmutableArray<Setting> Entrypoint { get; init; } = [];

    /// <summary><c>@(ContainerEntrypointArgs)</c>.</summary>
    public ImmutableArray<Setting> EntrypointArgs { get; init; } = [];

    /// <summary><c>@(ContainerAppCommand)</c>: by default <c>dotnet</c> and the path of the application's dll.</summary>
    public ImmutableArray<Setting> AppCommand { get; init; } = [];

    /// <summary><c>@(ContainerAppCommandArgs)</c>.</summary>
    public ImmutableArray<Setting> AppCommandArgs { get; init; } = [];

    /// <summary><c>@(ContainerDefaultArgs)</c>: arguments that <c>docker run</c> may replace.</summary>
    public ImmutableArray<Setting> DefaultArgs { get; init; } = [];

    /// <summary><c>ContainerAppCommandInstruction</c>: <c>Entrypoint</c>, <c>DefaultArgs</c> or <c>None</c>; null lets the SDK choose.</summary>
    public Setting? Instruction { get; init; }
}
