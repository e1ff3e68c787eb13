using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3021. Labels are shown by registries, also to those who may not pull.</summary>
internal sealed class SecretInLabelRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3021");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        foreach (Setting label in subject.Settings.Labels.LastOfEachName())
        {
            if (NamedSecret.Find("", label.Name) is { } inName)
            {
                yield return new Finding(
                    Rule,
                    $"{MessageText.Origin(label.Source)} sets a label whose name is or holds {SecretText.Describe(inName, label.Name)}: everyone who can see the image in its registry can read it.",
                    Fix(label),
                    label.Source)
                {
                    Severity = SecretText.SeverityOf(inName, ""),
                };
            }

            if (NamedSecret.Find(label.Name, label.Value) is { } secret)
            {
                yield return new Finding(
                    Rule,
                    $"{MessageText.Origin(label.Source)} sets the label {MessageText.Quote(label.Name)} to {SecretText.Describe(secret, label.Value)}: everyone who can see the image in its registry can read it.",
                    Fix(label),
                    label.Source)
                {
                    Severity = SecretText.SeverityOf(secret, label.Name),
                };
            }
        }
    }

    private static string Fix(Setting label) => label.Source switch
    {
        ValueSource.BaseImage => "Have whoever builds the base image revoke and remove it, and build on another image until then.",
        ValueSource.Sdk => "The SDK copies this label from a property or from the repository's URL (git remote get-url origin): remove the secret there, and revoke it.",
        _ => "Delete it from that item, and revoke the secret.",
    };
}
