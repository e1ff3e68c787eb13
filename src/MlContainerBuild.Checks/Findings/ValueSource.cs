namespace MlContainerBuild.Checks.Findings;

/// <summary>
/// What set a value, as far as the gate knows it without evaluating the project a second time. A host turns it into a
/// <see cref="SourceSpan"/> only when there is a finding to show.
/// </summary>
public abstract record ValueSource
{
    private ValueSource()
    {
    }

    /// <summary>An MSBuild property such as <c>ContainerUser</c>.</summary>
    public sealed record Property(string Name) : ValueSource;

    /// <summary>Metadata of an MSBuild item such as <c>ContainerLabel</c>: <c>Include</c> is the item's identity.</summary>
    /// <param name="Metadata">The metadata that holds the value; null when the identity itself is meant.</param>
    public sealed record Item(string ItemType, string Include, string? Metadata = null) : ValueSource;

    /// <summary>A value the .NET SDK chose because nobody set one.</summary>
    public sealed record Sdk : ValueSource
    {
        public static Sdk Instance { get; } = new();
    }

    /// <summary>A value inherited from the base image.</summary>
    /// <param name="Image">The base as the user wrote it.</param>
    /// <param name="HistoryStep">The history entry that set it, where known: <c>step 7 of 12 (ENV APP_UID)</c>. Names only, no values.</param>
    public sealed record BaseImage(string Image, string? HistoryStep = null) : ValueSource;

    /// <summary>A place in a file that is known already.</summary>
    public sealed record File(SourceSpan Span) : ValueSource;
}
