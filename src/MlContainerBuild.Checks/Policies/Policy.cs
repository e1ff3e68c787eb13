using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Policies;

/// <summary>What <c>mlcontainer.yaml</c> says. <see cref="Default"/> is the policy of a repository without one.</summary>
public sealed record Policy
{
    public static Policy Default { get; } = new();

    /// <summary>Absolute path of the file; null for the default policy.</summary>
    public string? Path { get; init; }

    /// <summary><c>sha256:</c> and 64 lower-case hex digits of the bytes that were read; null for the default policy.</summary>
    public string? Digest { get; init; }

    public PolicyProfile Profile { get; init; }

    /// <summary>The severity from which a finding fails the publish; null leaves it to the property or its default.</summary>
    public Severity? FailOn { get; init; }

    /// <summary>Registries a base may come from; empty allows every registry.</summary>
    public ImmutableArray<string> AllowedRegistries { get; init; } = [];

    /// <summary>The age in days beyond which a base image is reported.</summary>
    public int MaxBaseAgeDays { get; init; } = 90;

    /// <summary>Severity by rule id.</summary>
    public ImmutableDictionary<string, Severity> RuleSeverities { get; init; } = ImmutableDictionary<string, Severity>.Empty;

    /// <summary>Files to check besides those the project names.</summary>
    public ImmutableArray<PathGlob> IncludedFiles { get; init; } = [];

    /// <summary>Files not to check; wins over <see cref="IncludedFiles"/>.</summary>
    public ImmutableArray<PathGlob> ExcludedFiles { get; init; } = [];

    /// <summary>Files in which a secret-shaped value is no secret.</summary>
    public ImmutableArray<PathGlob> AllowedSecretFiles { get; init; } = [];

    public ImmutableArray<PolicyException> Exceptions { get; init; } = [];
}

/// <summary>What kind of workload the repository holds.</summary>
public enum PolicyProfile
{
    /// <summary>An application that needs nothing of its host but a GPU.</summary>
    Service = 0,

    /// <summary>Device plugins, operators and exporters, which truly need host access.</summary>
    GpuInfrastructure = 1,
}

/// <summary>A finding somebody has decided to live with.</summary>
/// <param name="RuleId">The rule it silences.</param>
/// <param name="Path">Which files, relative to the policy file; null matches every file.</param>
/// <param name="Reason">Empty when none was given: itself a finding, and then the exception does not count.</param>
/// <param name="Expires">The last day (UTC) on which it counts; null never expires.</param>
/// <param name="Span">Where it stands in the policy file.</param>
public sealed record PolicyException(string RuleId, PathGlob? Path, string Reason, DateOnly? Expires, SourceSpan Span);
