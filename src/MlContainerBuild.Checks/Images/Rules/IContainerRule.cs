using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>One MLC3xxx rule: looks at what will be published and says what is wrong. Pure, offline, never throws.</summary>
internal interface IContainerRule
{
    /// <summary>The catalogue row it implements. Malformed input it meets on the way may be an MLC9008.</summary>
    Rule Rule { get; }

    IEnumerable<Finding> Check(ContainerSubject subject);
}

/// <summary>What the rules look at.</summary>
/// <param name="Intent">What the project wants.</param>
/// <param name="Settings">The intent's own settings, or at the rehearsal the effective ones.</param>
/// <param name="IsEffective">True at the rehearsal: what is not in <paramref name="Settings"/> will not be in the image.</param>
public sealed record ContainerSubject(ContainerIntent Intent, ImageSettings Settings, Policy Policy, bool IsEffective)
{
    /// <summary>The platform whose settings these are; null where they hold for every platform of the intent.</summary>
    public string? RuntimeIdentifier { get; init; }

    /// <summary>Whether only Windows images are meant: no uid, no loader variables. The SDK itself looks at this prefix.</summary>
    public bool TargetsWindows => RuntimeIdentifier is { } rid
        ? IsWindows(rid)
        : Intent.RuntimeIdentifiers.Length > 0 && Intent.RuntimeIdentifiers.All(IsWindows);

    /// <summary>
    /// The command line; before the SDK can join its parts, the parts the project gives, in the order they would stand.
    /// </summary>
    public IEnumerable<Setting> Command => !Settings.Command.IsEmpty || IsEffective
        ? Settings.Command
        : [.. Intent.Command.Entrypoint, .. Intent.Command.EntrypointArgs, .. Intent.Command.AppCommand, .. Intent.Command.AppCommandArgs, .. Intent.Command.DefaultArgs];

    private static bool IsWindows(string runtimeIdentifier) => runtimeIdentifier.StartsWith("win", StringComparison.Ordinal);
}
