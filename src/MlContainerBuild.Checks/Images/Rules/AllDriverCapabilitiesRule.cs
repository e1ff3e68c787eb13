using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3031. Graphics, display or video alone are a choice that a service can have reason for; all of them is none.</summary>
internal sealed class AllDriverCapabilitiesRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3031");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.Settings.Variable("NVIDIA_DRIVER_CAPABILITIES") is { } capabilities
            && capabilities.Value.Split(',', StringSplitOptions.TrimEntries).Contains("all"))
        {
            yield return new Finding(
                Rule,
                $"{MessageText.Origin(capabilities.Source)} sets NVIDIA_DRIVER_CAPABILITIES to {MessageText.Quote(capabilities.Value)}, which mounts the driver's graphics, display and video libraries and devices too; inference needs none of them.",
                MessageText.SetVariable(capabilities, "compute,utility"),
                capabilities.Source);
        }
    }
}
