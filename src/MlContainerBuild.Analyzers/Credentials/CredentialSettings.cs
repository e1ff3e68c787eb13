using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>What <c>.editorconfig</c> adds for the files of a folder (docs/rules/MLC1002.md).</summary>
internal sealed class CredentialSettings
{
    internal const string SinksKey = "mlcontainer.credential_sinks";

    internal const string PlaceholdersKey = "mlcontainer.secret_placeholders";

    private static readonly CredentialSettings None = new([], []);

    private readonly string[] sinks;
    private readonly string[] placeholders;

    private CredentialSettings(string[] sinks, string[] placeholders)
    {
        this.sinks = sinks;
        this.placeholders = placeholders;
    }

    internal bool HasSinks => sinks.Length > 0;

    /// <summary>Whether the parameter or property is one of <c>mlcontainer.credential_sinks</c>: <c>Namespace.Type.Property</c> or <c>Namespace.Type.Method(parameter)</c>.</summary>
    internal bool IsSink(ISymbol? symbol)
    {
        if (sinks.Length == 0 || symbol is null)
            return false;

        string name = symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method }
            ? (method.MethodKind == MethodKind.Constructor ? FullName(method.ContainingType) : FullName(method.ContainingType) + "." + method.Name) + "(" + symbol.Name + ")"
            : FullName(symbol.ContainingType) + "." + symbol.Name;

        return Array.IndexOf(sinks, name) >= 0;
    }

    /// <summary>Whether the text holds one of <c>mlcontainer.secret_placeholders</c>, in either case.</summary>
    internal bool IsPlaceholder(string text) =>
        Array.Exists(placeholders, placeholder => text.IndexOf(placeholder, StringComparison.OrdinalIgnoreCase) >= 0);

    private static string FullName(INamedTypeSymbol? type) => type?.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat) ?? "";

    private static CredentialSettings Read(AnalyzerConfigOptions options)
    {
        string[] sinks = List(options, SinksKey), placeholders = List(options, PlaceholdersKey);
        return sinks.Length + placeholders.Length == 0 ? None : new CredentialSettings(sinks, placeholders);
    }

    private static string[] List(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out string? value) ? [.. value.Split('|').Select(item => item.Trim()).Where(item => item.Length > 0)] : [];

    /// <summary>Reads the settings of each file once.</summary>
    internal sealed class Cache
    {
        private readonly ConcurrentDictionary<SyntaxTree, CredentialSettings> byFile = new();

        internal CredentialSettings For(SyntaxTree file, AnalyzerOptions options) =>
            byFile.TryGetValue(file, out CredentialSettings? known)
                ? known
                : byFile.GetOrAdd(file, Read(options.AnalyzerConfigOptionsProvider.GetOptions(file)));
    }
}
