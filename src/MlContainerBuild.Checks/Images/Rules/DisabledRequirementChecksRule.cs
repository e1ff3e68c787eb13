using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3032. True is what Go's <c>strconv.ParseBool</c> takes for true; everything else leaves the checks on.</summary>
internal sealed class DisabledRequirementChecksRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3032");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.Settings.Variable("NVIDIA_DISABLE_REQUIRE") is { Value: "1" or "t" or "T" or "TRUE" or "true" or "True" } disabled)
        {
            yield return new Finding(
                Rule,
                $"{MessageText.Origin(disabled.Source)} sets NVIDIA_DISABLE_REQUIRE to {MessageText.Quote(disabled.Value)}: the image starts on drivers too old for its CUDA, and fails or falls back to the CPU in production instead of being refused.",
                disabled.Source.IsOwn() ? "Delete that item." : MessageText.SetVariable(disabled, "false"),
                disabled.Source);
        }
    }
}
