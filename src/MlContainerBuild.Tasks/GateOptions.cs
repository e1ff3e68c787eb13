using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Tasks;

/// <summary>The package's properties, read once. A value nobody defined is a finding, not a guess.</summary>
/// <param name="IsAudit"><c>MlContainerMode=Audit</c>: report everything, fail nothing.</param>
/// <param name="FailOn"><c>MlContainerFailOn</c>; null leaves it to the policy.</param>
/// <param name="BuildSeverity"><c>MlContainerBuildSeverity</c>: how findings of <c>dotnet build</c> are logged.</param>
/// <param name="VerifiesArchive"><c>MlContainerPushMode=VerifiedArchive</c>: an archive is written, verified, and only then pushed.</param>
internal sealed record GateOptions(bool IsAudit, Severity? FailOn, Severity BuildSeverity, bool VerifiesArchive, ImmutableArray<Finding> Findings)
{
    public static GateOptions Read(string? enabled, string? mode, string? failOn, string? buildSeverity, string? pushMode, string? trimPayload = null)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        Choose("MlContainerEnabled", enabled, "true", "false");

        // The targets act on it; here it is only read so that a misspelt value does not pass for false.
        Choose("MlContainerTrimPayload", trimPayload, "true", "false");
        return new GateOptions(
            Choose("MlContainerMode", mode, "Enforce", "Audit") == "Audit",
            Choose("MlContainerFailOn", failOn, "error", "warning", "info") switch { "error" => Severity.Error, "warning" => Severity.Warning, "info" => Severity.Info, _ => null },
            Choose("MlContainerBuildSeverity", buildSeverity, "warning", "message", "none") switch { "message" => Severity.Info, "none" => Severity.None, _ => Severity.Warning },
            Choose("MlContainerPushMode", pushMode, "Direct", "VerifiedArchive") == "VerifiedArchive",
            findings.ToImmutable());

        // Null where nothing, or nothing that is known, was chosen.
        string? Choose(string property, string? value, params string[] choices)
        {
            string text = value?.Trim() ?? "";
            string? choice = Array.Find(choices, candidate => candidate.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (text.Length == 0 || choice is not null)
                return choice;

            string known = string.Join(", ", choices);
            findings.Add(new Finding(
                RuleCatalog.Get("MLC9008"),
                $"{property} is '{Shorten(text)}', which is none of its values.",
                $"Set {property} to one of: {known}.",
                new ValueSource.Property(property)));
            return null;
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
