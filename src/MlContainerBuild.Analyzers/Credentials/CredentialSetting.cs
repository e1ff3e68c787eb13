using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Credentials.Sinks;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>What the setting is called that takes the place of a constant at an API.</summary>
internal static class CredentialSetting
{
    /// <summary>Named by the member that holds it, else by the product; types of .NET say less than the type that uses them.</summary>
    internal static SettingName At(ISymbol? holder, SinkKind kind, ITypeSymbol type, string name, ISymbol containing)
    {
        if (holder is IFieldSymbol or IPropertySymbol)
            return SettingName.Named(holder.ContainingType.Name, holder.Name);

        string role = kind == SinkKind.CryptographicKey ? "SigningKey" : name;
        SettingName setting = SettingName.Named(IsOfPlatform(type) ? containing.ContainingType?.Name ?? "" : Product(type), role);

        // One type may have several logins.
        return kind == SinkKind.Password && holder is null && MemberOf(containing) is { } member ? setting.Within(setting.Subject(member)) : setting;
    }

    private static bool IsOfPlatform(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is { } space
        && (space.StartsWith("System", StringComparison.Ordinal) || space.StartsWith("Microsoft.IdentityModel", StringComparison.Ordinal))
        && type.Name != "ApiKeyCredential";

    /// <summary>The field or property that keeps what takes the password.</summary>
    private static string? MemberOf(ISymbol containing) => containing switch
    {
        IFieldSymbol or IPropertySymbol => containing.Name,
        IMethodSymbol { AssociatedSymbol: IPropertySymbol property } => property.Name,
        _ => null,
    };

    /// <summary>Whose credential it is: of <c>OpenAI.Chat.ChatClient</c> that is OpenAI.</summary>
    private static string Product(ITypeSymbol type)
    {
        INamespaceSymbol space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;

        return space.Name is "OpenAI" or "Anthropic" or "Pinecone" or "Qdrant" ? space.Name
            : type.Name == "ApiKeyCredential" ? "OpenAI"
            : type.Name;
    }
}
