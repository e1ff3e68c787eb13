using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3006. Only MlContainerPin asks: a publish must give the same image for the same commit, whatever a tag serves today.
/// </summary>
public static class DriftedPinRule
{
    private static readonly Rule Rule = RuleCatalog.Get("MLC3006");

    /// <summary>Null when the pinned digest is what the tag points to.</summary>
    /// <param name="pinned">With tag and digest.</param>
    /// <param name="current">The same with the digest that the tag points to.</param>
    public static Finding? Check(ContainerIntent intent, ImageReference pinned, ImageReference current)
    {
        if (pinned.Digest == current.Digest)
        {
            return null;
        }

        ImageReference tag = current with { Digest = null };
        return new Finding(
            Rule,
            $"The tag {MessageText.Quote(tag.ToString())} points to {current.Digest} now, and {pinned.Digest} is pinned: the image is built without what has been repaired in its base since.",
            PinRemedy.For(intent),
            intent.BaseImage.Source);
    }
}
