using System.Collections.Frozen;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3011. The kubelet compares the image's user with 0 before it starts anything, and cannot look a name up.</summary>
internal sealed class NamedUserRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3011");

    // The accounts of Microsoft's images, of distroless and Chainguard's, and of Debian.
    private static readonly FrozenDictionary<string, string> WellKnown = new Dictionary<string, string>
    {
        ["app"] = "1654:1654",
        ["nonroot"] = "65532:65532",
        ["nobody"] = "65534:65534",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.TargetsWindows || subject.Settings.User is not { } user)
        {
            yield break;
        }

        ImageUser account = ImageUser.Parse(user.Value);
        if (account.Kind != ImageUserKind.Name)
        {
            yield break;
        }

        string fix = WellKnown.TryGetValue(account.User, out string? numbers)
            ? $"Write its numbers: {MessageText.Property("ContainerUser", numbers)}."
            : $"Write its numbers from the base image's /etc/passwd, {MessageText.Property("ContainerUser", "uid:gid")}, or any others such as 1654:1654.";
        yield return new Finding(
            Rule,
            $"{MessageText.Origin(user.Source)} sets the user by name, {MessageText.Quote(user.Value)}: Kubernetes cannot tell that this is not root and refuses to start it under runAsNonRoot.",
            fix,
            user.Source);
    }
}
