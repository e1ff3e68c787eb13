using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Models.Rules;

/// <summary>A model that the rules look at: one in the publish folder, or a declared one that is going to be mounted.</summary>
/// <param name="RelativePath">Its place below the publish folder, with <c>/</c>.</param>
/// <param name="Path">Absolute; where it was read.</param>
/// <param name="Source">What findings about it point at.</param>
internal sealed record PublishedModel(string RelativePath, string Path, ModelFile File, ValueSource Source)
{
    public bool IsMounted { get; init; }

    /// <summary>The model's path between quotes, to begin a sentence with.</summary>
    public string Subject => $"The {File.Format.Name()} {MessageText.Quote(RelativePath)}";
}
