using System.Collections.Immutable;
using System.Text.Json;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>What the compiler's error log (SARIF 2.1.0) says about our rules.</summary>
public sealed record CompilationSarif
{
    /// <summary>Results of our rules at their publish severity, those suppressed in the source included.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Our rules that the compilation knew, with or without a result: Roslyn lists every descriptor of an analyzer that ran.</summary>
    public ImmutableHashSet<string> RuleIds { get; init; } = [];

    /// <summary>Our rules that were switched off for the compilation or for some of its files: NoWarn, or severity none or silent.</summary>
    public ImmutableHashSet<string> SilencedRuleIds { get; init; } = [];

    /// <summary>Reads an error log. Never throws for what the text holds.</summary>
    /// <param name="projectPath">Absolute: relative file names of <c>#line</c> directives start at its directory.</param>
    public static CompilationSarifReadResult Read(ReadOnlyMemory<byte> utf8, string projectPath)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        if (utf8.Span.StartsWith(byteOrderMark))
            utf8 = utf8[byteOrderMark.Length..];

        if (utf8.Span.ContainsAnyExcept(" \t\r\n"u8) is false)
            return new CompilationSarifReadResult(null, "is empty");

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            return new CompilationSarifReader(projectPath).Read(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no Unicode, found only when it is taken out.
            return new CompilationSarifReadResult(null, "is not valid JSON");
        }
    }
}

/// <summary>An error log, or why it is none.</summary>
/// <param name="Error">What a sentence says of the file after naming it; null when it was read.</param>
/// <param name="IsVersion1">SARIF 1.0, the compiler's default, which lists only rules that fired and so attests nothing.</param>
public sealed record CompilationSarifReadResult(CompilationSarif? Sarif, string? Error, bool IsVersion1 = false);
