using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3001, and MLC9008 for a base that is no image reference, which every other rule about the base passes over.</summary>
internal sealed class PinnedBaseImageRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3001");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        ContainerIntent intent = subject.Intent;
        if (!ImageReference.TryParse(intent.BaseImage.Value, out ImageReference? image, out string? error))
        {
            // The value is not shown: what is no reference may be a URL with a password in it.
            yield return new Finding(
                RuleCatalog.Get("MLC9008"),
                $"ContainerBaseImage is not an image reference: {error}.",
                "Write registry/repository:tag@sha256:digest, without a scheme, user or spaces.",
                intent.BaseImage.Source);
        }
        else if (image.Digest is null)
        {
            string message = intent.IsBaseImageInferred
                ? $"No ContainerBaseImage is set, so the SDK builds on {MessageText.Quote(image.ToString())}"
                : $"The base image {MessageText.Quote(image.ToString())} is not pinned to a digest";
            yield return new Finding(
                Rule,
                $"{message}: the tag can be moved at any time, and then the same commit ships another image that nobody has reviewed.",
                PinRemedy.For(intent),
                intent.BaseImage.Source);
        }
    }
}
