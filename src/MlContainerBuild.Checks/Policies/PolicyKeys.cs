using System.Collections.Frozen;
using System.Collections.Immutable;

using MlContainerBuild.Checks.Compilations;
using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Policies;

/// <summary>Every key and word of the policy file; a test compares them with the JSON Schema that editors use.</summary>
internal static class PolicyKeys
{
    public static ImmutableArray<string> Root { get; } = ["version", "profile", "failOn", "images", "rules", "files", "secrets", "exceptions"];

    public static ImmutableArray<string> Images { get; } = ["allowedRegistries", "maxBaseAgeDays"];

    public static ImmutableArray<string> Files { get; } = ["include", "exclude"];

    public static ImmutableArray<string> Secrets { get; } = ["allow"];

    public static ImmutableArray<string> Exception { get; } = ["rule", "path", "reason", "expires"];

    public static FrozenDictionary<string, PolicyProfile> Profiles { get; } = Words(("service", PolicyProfile.Service), ("gpu-infra", PolicyProfile.GpuInfrastructure));

    public static FrozenDictionary<string, Severity> Thresholds { get; } =
        Words(("error", Severity.Error), ("warning", Severity.Warning), ("info", Severity.Info));

    public static FrozenDictionary<string, Severity> Severities { get; } =
        Words(("error", Severity.Error), ("warning", Severity.Warning), ("info", Severity.Info), ("none", Severity.None));

    /// <summary>Every rule that can be named, those of C# included.</summary>
    public static FrozenSet<string> RuleIds { get; } =
        RuleCatalog.All.Select(rule => rule.Id).Concat(CSharpRules.Ids).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, T> Words<T>(params ReadOnlySpan<(string Word, T Value)> words) =>
        words.ToArray().ToFrozenDictionary(pair => pair.Word, pair => pair.Value, StringComparer.Ordinal);
}
