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
        Choose("MlContainerEnabled", enabled, true, ("true", true), ("false", false));

        // The targets act on it; here it is only read so that a misspelt value does not pass for false.
        Choose("MlContainerTrimPayload", trimPayload, false, ("true", true), ("false", false));
        return new GateOptions(
            Choose("MlContainerMode", mode, false, ("Enforce", false), ("Audit", true)),
            Choose<Severity?>("MlContainerFailOn", failOn, null, ("error", Severity.Error), ("warning", Severity.Warning), ("info", Severity.Info)),
            Choose("MlContainerBuildSeverity", buildSeverity, Severity.Warning, ("warning", Severity.Warning), ("message", Severity.Info), ("none", Severity.None)),
            Choose("MlContainerPushMode", pushMode, false, ("Direct", false), ("VerifiedArchive", true)),
            findings.ToImmutable());

        T Choose<T>(string property, string? value, T byDefault, params ReadOnlySpan<(string Name, T Value)> choices)
        {
            string text = value?.Trim() ?? "";
            if (text.Length == 0)
                return byDefault;

            foreach ((string name, T choice) in choices)
            {
                if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
                    return choice;
            }

            string known = string.Join(", ", choices.ToArray().Select(choice => choice.Name));
            findings.Add(new Finding(
                RuleCatalog.Get("MLC9008"),
                $"{property} is '{Shorten(text)}', which is none of its values.",
                $"Set {property} to one of: {known}.",
                new ValueSource.Property(property)));
            return byDefault;
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
