using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Tasks;

/// <summary>The container rules on what the project sets: for the publish as a whole, and where platforms differ for each.</summary>
internal static class SettingsCheck
{
    public static IEnumerable<Finding> Run(PublishFacts publish, Policy policy)
    {
        var found = new List<Finding>(ContainerRules.Check(new ContainerSubject(publish.Intent, publish.Intent.Settings, policy, IsEffective: false)));
        if (!publish.IsMultiPlatform)
            return found;

        IEnumerable<Finding> ofPlatforms =
            from platform in publish.Platforms
            let subject = new ContainerSubject(platform.Intent, platform.Intent.Settings, policy, IsEffective: false) { RuntimeIdentifier = platform.RuntimeIdentifier }
            from finding in ContainerRules.Check(subject)
            where !found.Any(known => IsSame(known, finding))
            select finding with { RuntimeIdentifier = platform.RuntimeIdentifier };
        return found.Concat(PlatformFindings.Merge(ofPlatforms, publish.Platforms.Length));

        // The inner build's tags end with the platform, so a message about a tag differs and its source does not.
        static bool IsSame(Finding known, Finding finding) => known.Rule == finding.Rule && known.Source == finding.Source;
    }
}
