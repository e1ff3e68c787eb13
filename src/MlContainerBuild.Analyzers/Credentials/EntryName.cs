using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>The key of an entry as a name: "Features" of <c>["ConnectionStrings:Features"]</c>.</summary>
internal static class EntryName
{
    private const int Longest = 64;

    /// <summary>Null for text that is no name. It may be a secret itself, and names are shown.</summary>
    internal static string? Of(string? key)
    {
        string name = key?.Substring(key.LastIndexOf(':') + 1) ?? "";
        bool isName = name.Length is > 0 and <= Longest && char.IsLetter(name[0]) && name.All(static c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.');
        return isName && !SecretProof.IsIn(key!) && !KeyValue.IsSecret(name, CredentialKind.Key) ? name : null;
    }
}
