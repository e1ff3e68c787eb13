namespace MlContainerBuild.Checks.Findings;

/// <summary>Why a finding does not count.</summary>
/// <param name="Kind">Where the suppression stands.</param>
/// <param name="Justification">The reason its author gave.</param>
public sealed record Suppression(SuppressionKind Kind, string Justification)
{
    /// <summary>The last day (UTC) on which it counts; null never expires.</summary>
    public DateOnly? Expires { get; init; }
}

/// <summary>SARIF's two kinds: beside the finding, or in a file of its own (the policy).</summary>
public enum SuppressionKind
{
    InSource,
    External,
}
