using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace MlContainerBuild.Analyzers.Credentials.Sinks;

/// <summary>Finds the sinks of a type; each type of a compilation is looked up once.</summary>
internal sealed class CredentialSinks
{
    private const string NamespaceSuffix = ".*";

    private static readonly ILookup<string, CredentialSink> ByScope =
        ((CredentialSink[])[.. ModelServices.Sinks, .. Clouds.Sinks, .. Databases.Sinks, .. Networks.Sinks, .. CryptographicKeys.Sinks])
        .ToLookup(sink => sink.Scope, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<INamedTypeSymbol, CredentialSink[]> byType = new(SymbolEqualityComparer.Default);

    /// <summary>Every sink there is; the documentation lists them.</summary>
    internal static IEnumerable<CredentialSink> All => ByScope.SelectMany(sinks => sinks);

    /// <summary>Whether any parameter or property of the type takes one.</summary>
    internal bool HasAny(INamedTypeSymbol type) => byType.GetOrAdd(type.OriginalDefinition, Resolve).Length > 0;

    /// <summary>What the parameter or property of a type takes; null when it takes no credential that is known by its place.</summary>
    internal SinkKind? Find(INamedTypeSymbol? type, string name)
    {
        if (type is null)
            return null;

        foreach (CredentialSink sink in byType.GetOrAdd(type.OriginalDefinition, Resolve))
        {
            foreach (string sinkName in sink.Names)
            {
                if (string.Equals(sinkName, name, StringComparison.OrdinalIgnoreCase))
                    return sink.Kind;
            }
        }

        return null;
    }

    private static CredentialSink[] Resolve(INamedTypeSymbol type)
    {
        string scope = type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "";
        var sinks = new List<CredentialSink>(ByScope[scope + "." + type.MetadataName]);
        while (scope.Length > 0)
        {
            sinks.AddRange(ByScope[scope + NamespaceSuffix]);
            int dot = scope.LastIndexOf('.');
            scope = dot < 0 ? "" : scope.Substring(0, dot);
        }

        return sinks.Count == 0 ? [] : [.. sinks];
    }
}
