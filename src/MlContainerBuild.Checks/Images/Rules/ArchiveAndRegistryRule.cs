using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3041. The SDK looks at the archive first and says nothing of the registry.</summary>
internal sealed class ArchiveAndRegistryRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3041");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.Intent is { ArchiveOutputPath: { Value.Length: > 0 } archive, Registry: { Value.Length: > 0 } registry })
        {
            yield return new Finding(
                Rule,
                $"ContainerArchiveOutputPath and ContainerRegistry are both set: the SDK writes {MessageText.Quote(archive.Value)} and pushes nothing to {MessageText.Quote(registry.Value)}, without a word.",
                "To push, remove ContainerArchiveOutputPath; for the archive alone, clear the registry (-p:ContainerRegistry= on the command line).",
                archive.Source);
        }
    }
}
