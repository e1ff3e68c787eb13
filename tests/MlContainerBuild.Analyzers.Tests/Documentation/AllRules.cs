using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using MlContainerBuild.Analyzers.Rules;
using MlContainerBuild.CodeFixes.Rules;

namespace MlContainerBuild.Analyzers.Tests.Documentation;

/// <summary>All analyzers and fixers, found by reflection, so that a new rule cannot be forgotten.</summary>
internal static class AllRules
{
    public static IReadOnlyList<DiagnosticAnalyzer> Analyzers { get; } = Create<DiagnosticAnalyzer>(typeof(ProviderOptionsNotAppliedAnalyzer));

    public static IReadOnlyList<CodeFixProvider> Fixers { get; } = Create<CodeFixProvider>(typeof(ProviderOptionsNotAppliedFixer));

    public static IReadOnlyList<DiagnosticDescriptor> Rules { get; } =
        [.. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    public static DiagnosticDescriptor Get(string id) => Rules.Single(rule => rule.Id == id);

    private static List<T> Create<T>(Type neighbour) =>
    [
        .. neighbour.Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type)!),
    ];
}
