using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3043. A floating tag beside a lasting one is good practice and silent.</summary>
internal sealed class FloatingTagRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3043");

    private static readonly string[] Floating =
        ["latest", "stable", "edge", "nightly", "main", "master", "head", "dev", "develop", "staging", "prod", "production"];

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.Intent.Tags.IsEmpty || !subject.Intent.Tags.All(IsFloating))
        {
            yield break;
        }

        Setting tag = subject.Intent.Tags[0];
        string message = tag.Source.IsOwn()
            ? $"The image is published only as {MessageText.Quote(tag.Value)}, a tag that the next publish moves: a deployment by this tag cannot be repeated or rolled back."
            : $"No tag is set, so the SDK publishes as {MessageText.Quote(tag.Value)}, which the next publish moves: a deployment by this tag cannot be repeated or rolled back.";
        yield return new Finding(
            Rule,
            message,
            $"Give it a version, {MessageText.Property("ContainerImageTags", "$(Version);latest")}, and deploy by digest.",
            tag.Source);
    }

    private static bool IsFloating(Setting tag) =>
        Floating.Contains(tag.Value, StringComparer.OrdinalIgnoreCase)
        || tag.Value.StartsWith("latest-", StringComparison.OrdinalIgnoreCase)
        || tag.Value.EndsWith("-latest", StringComparison.OrdinalIgnoreCase)
        || tag.Value.EndsWith("-nightly", StringComparison.OrdinalIgnoreCase);
}
