using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3002. What is allowed is a host with its port; the policy's reader has seen to it that the list names nothing else.</summary>
internal sealed class AllowedRegistryRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3002");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.Policy.AllowedRegistries.IsEmpty
            || !ImageReference.TryParse(subject.Intent.BaseImage.Value, out ImageReference? image, out _)
            || subject.Policy.AllowedRegistries.Contains(image.Registry, StringComparer.OrdinalIgnoreCase))
        {
            yield break;
        }

        string policyFile = subject.Policy.Path ?? "mlcontainer.yaml";
        yield return new Finding(
            Rule,
            $"The base image comes from {MessageText.Quote(image.Registry)}; the policy allows only {string.Join(", ", subject.Policy.AllowedRegistries.Select(MessageText.Quote))}.",
            $"Set ContainerBaseImage to an image of one of these, or add {MessageText.Quote(image.Registry)} to images.allowedRegistries in {policyFile}.",
            subject.Intent.BaseImage.Source);
    }
}
