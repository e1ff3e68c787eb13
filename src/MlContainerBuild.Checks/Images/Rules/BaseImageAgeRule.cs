using System.Globalization;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3005: a base that has not been rebuilt for long lacks the fixes of its distribution and runtime since then.</summary>
internal static class BaseImageAgeRule
{
    // Reproducible builds date their images to an epoch of their own (0001, 1970, 1980). No real image is older than Docker,
    // and none comes from the future: such dates say nothing.
    private static readonly DateTimeOffset FirstImages = new(2013, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One finding at most: platforms of one index are rebuilt together, and the oldest shows it best.</summary>
    public static IEnumerable<Finding> Check(ContainerIntent intent, IEnumerable<VerifiedBase> bases, Policy policy, DateTimeOffset now)
    {
        VerifiedBase? oldest = bases.Where(verified => verified.Config.Created >= FirstImages && verified.Config.Created <= now)
            .MinBy(verified => verified.Config.Created);
        if (oldest?.Config.Created is not { } created || (now - created).TotalDays <= policy.MaxBaseAgeDays)
        {
            yield break;
        }

        string days = ((int)(now - created).TotalDays).ToString(CultureInfo.InvariantCulture);
        string date = created.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        yield return new Finding(
            RuleCatalog.Get("MLC3005"),
            $"The base image {MessageText.Quote(oldest.Image.ToString())} was built on {date}, {days} days ago; the policy allows {policy.MaxBaseAgeDays}. "
            + "Fixes that its distribution and runtime have published since then are not in it.",
            "Take the newest digest of the tag. " + PinRemedy.For(intent),
            intent.BaseImage.Source);
    }
}
