using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>MLC3021. Labels are shown by registries, also to those who may not pull.</summary>
internal sealed class SecretInLabelRule : IContainerRule
{
    private const string FixOfGenerated =
        "Remove it where the SDK takes this label from, a property or the repository's URL (git remote get-url origin), and revoke the secret.";

    public Rule Rule { get; } = RuleCatalog.Get("MLC3021");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        foreach (Setting label in subject.Settings.Labels.LastOfEachName())
        {
            if (NamedSecret.Find(label.Name, label.Value) is { } secret)
            {
                yield return new Finding(
                    Rule,
                    $"{MessageText.Origin(label.Source)} sets the label {MessageText.Quote(label.Name)} to "
                    + $"{SecretText.Describe(secret, label.Value)}: everyone who can see the image in its registry can read it.",
                    Fix(label),
                    label.Source)
                {
                    Severity = SecretText.SeverityOf(secret, label.Name),
                };
            }
        }
    }

    // The SDK fills the labels of the OCI specification from properties and, for the source, from the Git remote.
    private static string Fix(Setting label) => label.Source switch
    {
        ValueSource.BaseImage => "Have whoever builds the base image revoke and remove it, and build on another image until then.",
        ValueSource.Sdk => FixOfGenerated,
        _ when label.Name.StartsWith("org.opencontainers.", StringComparison.Ordinal) => FixOfGenerated,
        _ => "Delete it from that item, and revoke the secret.",
    };
}
