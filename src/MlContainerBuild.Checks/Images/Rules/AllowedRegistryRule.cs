using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3002. An allowed entry is a registry, or a registry and the beginning of the repository's path.</summary>
internal sealed class AllowedRegistryRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3002");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.Policy.AllowedRegistries.IsEmpty
            || !ImageReference.TryParse(subject.Intent.BaseImage.Value, out ImageReference? image, out _)
            || subject.Policy.AllowedRegistries.Any(allowed => Allows(allowed, image)))
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

    private static bool Allows(string allowed, ImageReference image)
    {
        ReadOnlySpan<char> entry = allowed.AsSpan().Trim().TrimEnd('/');
        int slash = entry.IndexOf('/');
        ReadOnlySpan<char> registry = slash < 0 ? entry : entry[..slash];
        ReadOnlySpan<char> path = slash < 0 ? [] : entry[(slash + 1)..];

        return IsSameRegistry(registry, image.Registry)
            && (path.IsEmpty
                || image.Repository.AsSpan().SequenceEqual(path)
                || (image.Repository.AsSpan().StartsWith(path, StringComparison.Ordinal) && image.Repository[path.Length] == '/'));
    }

    private static bool IsSameRegistry(ReadOnlySpan<char> allowed, string registry) =>
        allowed.Equals(registry, StringComparison.OrdinalIgnoreCase)
        || (registry == ImageReference.DockerHub && allowed is "index.docker.io" or "registry-1.docker.io");
}
