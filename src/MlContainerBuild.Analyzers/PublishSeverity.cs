using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MlContainerBuild.Analyzers;

/// <summary>
/// What a finding weighs when the container is published. It travels as the diagnostic's property
/// <c>publishSeverity</c> (<c>error</c>, <c>warning</c> or <c>info</c>), which the compiler's error log writes to the
/// result's <c>customProperties</c>; the publish gate reads it there.
/// </summary>
internal static class PublishSeverity
{
    internal const string PropertyName = "publishSeverity";

    private static readonly ImmutableDictionary<string, string?> Error =
        ImmutableDictionary<string, string?>.Empty.Add(PropertyName, "error");

    private static readonly ImmutableDictionary<string, string?> Warning =
        ImmutableDictionary<string, string?>.Empty.Add(PropertyName, "warning");

    private static readonly ImmutableDictionary<string, string?> Info =
        ImmutableDictionary<string, string?>.Empty.Add(PropertyName, "info");

    /// <summary>The properties of a finding that weighs this much in a publish.</summary>
    internal static ImmutableDictionary<string, string?> For(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => Error,
        DiagnosticSeverity.Warning => Warning,
        _ => Info,
    };

    /// <summary>The severity in the build: an error would fail <c>dotnet build</c>, which is not what stops a secret from shipping.</summary>
    internal static DiagnosticSeverity InBuild(DiagnosticSeverity severity) =>
        severity == DiagnosticSeverity.Error ? DiagnosticSeverity.Warning : severity;
}
