using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Models.Rules;

/// <summary>MLC3054. Training scripts write their configuration into the model, and nobody looks there.</summary>
internal static class SecretInModelRule
{
    public static IEnumerable<Finding> Check(PublishedModel model) => model.File.Secrets.Select(secret => new Finding(
        RuleCatalog.Get("MLC3054"),
        $"{model.Subject} holds {secret.Description} in its metadata ({secret.Place}): everyone who has the file can read it.",
        "Revoke it, because the file has been in other hands before; delete that entry and save the model again.",
        model.Source)
    {
        Severity = secret.Severity,
    });
}
