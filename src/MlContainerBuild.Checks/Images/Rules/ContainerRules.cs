using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>The MLC3xxx rules on intent and effective settings, run together.</summary>
public static class ContainerRules
{
    /// <summary>Every rule, in the order of the catalogue.</summary>
    internal static ImmutableArray<IContainerRule> All { get; } =
    [
        new PinnedBaseImageRule(),
        new AllowedRegistryRule(),
        new RootUserRule(),
        new NamedUserRule(),
        new UserWithoutGroupRule(),
        new SecretInEnvironmentRule(),
        new SecretInLabelRule(),
        new SecretInCommandRule(),
        new AllGpusRule(),
        new AllDriverCapabilitiesRule(),
        new DisabledRequirementChecksRule(),
        new InjectedLibraryRule(),
        new LibrarySearchPathRule(),
        new GpuPartitionAdministrationRule(),
        new MultiPlatformDamageRule(),
        new ArchiveAndRegistryRule(),
        new FloatingTagRule(),
        new ExposedPortRule(),
        new RemoteModelCodeRule(),
    ];

    /// <summary>The ids of <see cref="All"/>: what a run of <see cref="Check"/> has looked for.</summary>
    public static ImmutableArray<string> RuleIds { get; } = [.. All.Select(rule => rule.Rule.Id)];

    /// <summary>
    /// All findings at once, by id and then in the order of the settings, none twice. A value of the project yields an equal
    /// finding at the intent and at the rehearsal, so that a host can tell what it has reported already.
    /// </summary>
    public static ImmutableArray<Finding> Check(ContainerSubject subject) =>
        [.. All.SelectMany(rule => rule.Check(subject)).Distinct().OrderBy(finding => finding.Rule.Id, StringComparer.Ordinal)];
}
