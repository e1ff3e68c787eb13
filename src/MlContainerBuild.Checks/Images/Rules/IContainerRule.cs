using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>One MLC3xxx rule: looks at what will be published and says what is wrong. Pure, offline, never throws.</summary>
internal interface IContainerRule
{
    IEnumerable<Finding> Check(ContainerSubject subject);
}

/// <summary>What the rules look at.</summary>
/// <param name="Intent">What the project wants.</param>
/// <param name="Settings">The intent's own settings, or at the rehearsal the effective ones.</param>
/// <param name="IsEffective">True at the rehearsal: what is not in <paramref name="Settings"/> will not be in the image.</param>
internal sealed record ContainerSubject(ContainerIntent Intent, ImageSettings Settings, Policy Policy, bool IsEffective);
