using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Images.Rehearsal;

/// <summary>
/// What the images of a publish will be, before anything is pulled or pushed: the configuration is computed on the verified base
/// as the SDK would, and every rule run on it.
/// </summary>
/// <param name="Images">One for each platform that could be computed, in the order of the intent.</param>
/// <param name="Findings">What is wrong with the base or the effective configuration and was not in the intent already.</param>
public sealed record ImageRehearsal(ImmutableArray<EffectiveImage> Images, ImmutableArray<Finding> Findings)
{
    /// <param name="reading">The verified base of each platform that has one.</param>
    /// <param name="intent">The publish as a whole.</param>
    /// <param name="platforms">What each platform sets; the platform is the one runtime identifier of each.</param>
    /// <param name="known">Findings of the intent: an equal one is not repeated.</param>
    public static ImageRehearsal Run(
        BaseImageReading reading, ContainerIntent intent, ImmutableArray<ContainerIntent> platforms, Policy policy, ImmutableArray<Finding> known)
    {
        ImmutableArray<EffectiveImage>.Builder images = ImmutableArray.CreateBuilder<EffectiveImage>();
        var findings = new List<Finding>();
        foreach (VerifiedBase verified in reading.Bases)
        {
            ContainerIntent platform = platforms.FirstOrDefault(candidate => candidate.RuntimeIdentifiers.Contains(verified.RuntimeIdentifier)) ?? intent;
            if (EffectiveImage.TryCompute(verified, platform, out EffectiveImage? image, out Finding? refusal))
            {
                images.Add(image);
                var subject = new ContainerSubject(platform, image.Settings, policy, IsEffective: true) { RuntimeIdentifier = verified.RuntimeIdentifier };
                findings.AddRange(ContainerRules.Check(subject).Select(finding => finding with { RuntimeIdentifier = verified.RuntimeIdentifier }));
            }
            else
            {
                findings.Add(refusal with { RuntimeIdentifier = verified.RuntimeIdentifier });
            }
        }

        IEnumerable<Finding> ofPlatforms = PlatformFindings.Merge(findings.Where(finding => !IsKnown(finding)), reading.Bases.Length);

        // A base for one platform only makes them the same, and that has been said.
        bool isForThem = !reading.Findings.Any(finding => finding.Rule.Id == "MLC3004");
        return new ImageRehearsal(images.ToImmutable(), [.. reading.Findings, .. isForThem ? Indistinguishable(intent, reading.Bases) : [], .. ofPlatforms]);

        // A tag ends with the platform in an inner build, so a message may differ where rule and source are the same.
        bool IsKnown(Finding finding) => known.Any(other => other.Rule == finding.Rule && other.Source == finding.Source);
    }

    // What the confirmation would have to refuse after the push is refused before it.
    private static IEnumerable<Finding> Indistinguishable(ContainerIntent intent, ImmutableArray<VerifiedBase> bases) =>
        from image in bases
        group image.RuntimeIdentifier by $"{image.Config.OperatingSystem}/{image.Config.Architecture}" into platform
        where platform.Count() > 1
        select new Finding(
            RuleCatalog.Get("MLC9006"),
            $"{string.Join(" and ", platform)} are the same to an index, {MessageText.Quote(platform.Key)}: nobody can tell which of the images a machine will pull, so what is published could not be confirmed.",
            "Publish them one by one, each with tags of its own.",
            intent.BaseImage.Source);
}
