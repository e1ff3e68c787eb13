using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3020. The configuration of an image is public to everyone who can pull it.</summary>
internal sealed class SecretInEnvironmentRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3020");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        foreach (Setting variable in subject.Settings.Environment.LastOfEachName())
        {
            if (NamedSecret.Find(variable.Name, variable.Value) is { } secret)
            {
                yield return new Finding(
                    Rule,
                    $"{MessageText.Origin(variable.Source)} sets the variable {MessageText.Quote(variable.Name)} to {SecretText.Describe(secret, variable.Value)}: everyone who can pull the image can read it, and so can every process in the container.",
                    variable.Source is ValueSource.BaseImage
                        ? "Have whoever builds the base image revoke and remove it, and build on another image until then; overriding the variable leaves it in the base image."
                        : $"Delete that item, revoke the secret, {SecretText.ReadAtRunTime}.",
                    variable.Source)
                {
                    Severity = SecretText.SeverityOf(secret, variable.Name),
                };
            }
        }
    }
}
