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

    public static ImmutableArray<Word<PolicyProfile>> Profiles { get; } = [new("service", PolicyProfile.Service), new("gpu-infra", PolicyProfile.GpuInfrastructure)];

    public static ImmutableArray<Word<Severity>> Thresholds { get; } = [new("error", Severity.Error), new("warning", Severity.Warning), new("info", Severity.Info)];

    public static ImmutableArray<Word<Severity>> Severities { get; } = [.. Thresholds, new("none", Severity.None)];

    /// <summary>Every rule that can be named, those of C# included.</summary>
    public static IReadOnlySet<string> RuleIds { get; } =
        RuleCatalog.All.Select(rule => rule.Id).Concat(CSharpRules.Ids).ToHashSet(StringComparer.Ordinal);
}

/// <summary>A word of the policy file and what it stands for.</summary>
internal sealed record Word<T>(string Text, T Value);
