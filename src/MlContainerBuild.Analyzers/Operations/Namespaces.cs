using Microsoft.CodeAnalysis;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>Compares a namespace by its names, without building a string.</summary>
internal static class Namespaces
{
    internal static bool Is(this INamespaceSymbol? symbol, params string[] names)
    {
        for (int i = names.Length - 1; i >= 0; i--)
        {
            if (symbol is null || symbol.Name != names[i])
                return false;

            symbol = symbol.ContainingNamespace;
        }

        return symbol is { IsGlobalNamespace: true };
    }
}
