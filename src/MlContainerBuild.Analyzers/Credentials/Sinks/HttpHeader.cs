using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials.Sinks;

/// <summary>Headers and metadata that carry a credential, and the collections they are added to.</summary>
internal static class HttpHeader
{
    private static readonly HashSet<string> CredentialHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization", "proxy-authorization", "proxyauthorization", "api-key", "apikey", "x-api-key", "xi-api-key", "x-goog-api-key", "x-rapidapi-key",
        "x-functions-key", "x-auth-token", "x-access-token", "x-vault-token", "x-amz-security-token", "private-token", "job-token",
        "ocp-apim-subscription-key", "subscription-key",
    };

    internal static bool IsCredential(string header) => CredentialHeaders.Contains(header) || CredentialName.Judge(header) is CredentialKind.Key or CredentialKind.Password;

    /// <summary>Whether the type collects headers of requests, or their like in gRPC.</summary>
    internal static bool IsCollection(ITypeSymbol? type)
    {
        for (ITypeSymbol? candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            bool isCollection = candidate.Name switch
            {
                "HttpHeaders" => candidate.ContainingNamespace.Is("System", "Net", "Http", "Headers"),
                "WebHeaderCollection" or "WebClient" => candidate.ContainingNamespace.Is("System", "Net"),
                "IHeaderDictionary" or "HeaderDictionary" or "HeaderDictionaryExtensions" => candidate.ContainingNamespace.Is("Microsoft", "AspNetCore", "Http"),
                "Metadata" => candidate.ContainingNamespace.Is("Grpc", "Core"),
                "RestRequest" or "RestClient" or "RestRequestExtensions" or "RestClientExtensions" => candidate.ContainingNamespace.Is("RestSharp"),
                _ => false,
            };

            if (isCollection)
                return true;
        }

        return false;
    }

    /// <summary>The name of a header, as text or as <c>HttpRequestHeader.Authorization</c>; null for anything else.</summary>
    internal static string? NameIn(IOperation name) =>
        name is IFieldReferenceOperation { Field: { ContainingType.Name: "HttpRequestHeader" } header } ? header.Name
        : name.Type?.SpecialType == SpecialType.System_String ? KnownText.ConstantOf(name)
        : null;

    /// <summary>The credential in a header's value: what follows <c>Bearer</c>, <c>Basic</c> or <c>Token</c>.</summary>
    internal static string CredentialOf(string value)
    {
        int blank = value.IndexOf(' ');
        return blank is > 0 and < 16 ? value.Substring(blank + 1).Trim() : value;
    }
}
