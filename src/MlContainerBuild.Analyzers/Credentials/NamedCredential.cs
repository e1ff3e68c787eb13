using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>Places in code whose name says that they hold a credential.</summary>
internal sealed class NamedCredential
{
    // Classes of names: what they hold is called like a credential.
    private static readonly string[] NamesOfNames =
        ["EnvironmentVariables", "EnvVars", "Names", "Keys", "Headers", "Claims", "ClaimTypes", "Scopes", "Permissions", "Policies", "Routes", "Messages", "Resources", "Errors", "Strings", "Parameters"];

    private readonly ConcurrentDictionary<string, CredentialKind> kinds = new(StringComparer.Ordinal);

    internal CredentialKind KindOf(string name) => kinds.GetOrAdd(name, Judge);

    internal static bool Is(Destination destination, CredentialKind kind, string text) => CredentialValue.IsSecretNamed(kind, text) && !IsNone(destination);

    /// <summary>A lone "token" is often none, but what looks random there may be one; in code the first and second "pass" are rounds.</summary>
    private static CredentialKind Judge(string name) =>
        CredentialName.Judge(name) is not CredentialKind.None and var kind ? (IsRound(name) ? CredentialKind.None : kind)
        : name.EndsWith("s", StringComparison.Ordinal) && CredentialName.Judge(name.Substring(0, name.Length - 1)) is (CredentialKind.Key or CredentialKind.Password) and var one ? one
        : name.Trim('_').ToLowerInvariant() is "token" or "auth" or "credential" ? CredentialKind.WeakKey
        : CredentialKind.None;

    private static bool IsRound(string name) =>
        name.EndsWith("Pass", StringComparison.Ordinal)
        && NameWords.Split(name) is { Count: > 1 } words
        && words[words.Count - 2] is not ("user" or "db" or "database" or "sql" or "admin" or "root" or "login" or "auth" or "smtp" or "mail" or "ftp" or "ssh" or "proxy" or "default");

    /// <summary>Classes of names, and containers for tests, whose passwords live as long as they do.</summary>
    private static bool IsNone(Destination destination)
    {
        INamedTypeSymbol? type = destination.Owner ?? destination.Collection as INamedTypeSymbol;
        string space = type?.ContainingNamespace?.ToDisplayString() ?? "";
        return (destination.Symbol is IFieldSymbol && Array.Exists(NamesOfNames, suffix => type!.Name.EndsWith(suffix, StringComparison.Ordinal)))
            || space.StartsWith("Testcontainers", StringComparison.Ordinal)
            || space.StartsWith("DotNet.Testcontainers", StringComparison.Ordinal)
            || space.StartsWith("Aspire.Hosting", StringComparison.Ordinal);
    }
}
