using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MlContainerBuild.Analyzers;

/// <summary>Makes the diagnostics of all rules, so that none is without the severity it has in a publish.</summary>
internal static class RuleDiagnostic
{
    internal static Diagnostic At(this DiagnosticDescriptor rule, IOperation operation, params object[] arguments) =>
        rule.At(operation.Syntax.GetLocation(), rule.DefaultSeverity, null, arguments);

    /// <param name="severity">Where the context makes the finding weigh less than the rule usually does, or it is an error at the publish.</param>
    internal static Diagnostic At(this DiagnosticDescriptor rule, IOperation operation, DiagnosticSeverity severity, params object[] arguments) =>
        rule.At(operation.Syntax.GetLocation(), severity, null, arguments);

    /// <param name="fix">What the code fix needs to know: a key of its own and the value.</param>
    internal static Diagnostic At(
        this DiagnosticDescriptor rule, Location location, DiagnosticSeverity severity, (string Key, string Value)? fix, params object[] arguments)
    {
        ImmutableDictionary<string, string?> properties = PublishSeverity.For(severity);
        if (fix is { } known)
            properties = properties.SetItem(known.Key, known.Value);

        return Diagnostic.Create(rule, location, PublishSeverity.InBuild(severity), additionalLocations: null, properties, arguments);
    }
}
