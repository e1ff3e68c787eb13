using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Payload.Settings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>Decides on one setting: by its value alone, or by its value and the keys that lead to it.</summary>
internal static class SettingSecret
{
    private const int ShortestSecret = 6;

    // What the Windows data protection API has encrypted starts so in base64: it opens on the machine that wrote it, for one user.
    private const string DataProtectionApi = "AQAAANCMnd8B";

    // Keys that stand above a list of credentials, each under the name of whom it is for.
    private static readonly HashSet<string> Groups = new(StringComparer.OrdinalIgnoreCase)
    {
        "ApiKeys", "AccessKeys", "AccessTokens", "ApiTokens", "AuthTokens", "ClientSecrets", "Credentials", "Passwords", "Secrets",
    };

    private static readonly string[] DigestPrefixes = ["sha1-", "sha256-", "sha384-", "sha512-", "sha256:", "sha512:"];

    // A ciphertext of ASP.NET Core's data protection.
    private const string DataProtection = "CfDJ8";

    /// <param name="judgesNames">Whether a name counts: in texts for people "Password" is a word.</param>
    public static FoundSecret? Find(PublishedSetting setting, bool judgesNames)
    {
        string value = setting.Value;
        if (value.Length < ShortestSecret || value.StartsWith(DataProtectionApi, StringComparison.Ordinal) || value.StartsWith(DataProtection, StringComparison.Ordinal))
            return null;

        string name = judgesNames && !Array.Exists(DigestPrefixes, prefix => value.StartsWith(prefix, StringComparison.Ordinal)) ? CredentialNameOf(setting.Path) : "";
        return NamedSecret.Find(name, value) is not { } match
            ? null
            : new FoundSecret(
                match.Format.Id, match.Name, SecretMask.Mask(value.Substring(match.Start, match.Length)), SecretText.SeverityOf(match, name), setting.Start, setting.Path.ToString());
    }

    /// <summary>
    /// The part of a path that says what the value is: <c>Password</c> alone, <c>HuggingFace:Token</c> with the key above it, and
    /// <c>ApiKeys:OpenAI</c> by the key above it.
    /// </summary>
    internal static string CredentialNameOf(SettingPath path)
    {
        SettingPath named = path.OfName();
        string leaf = named.Name;

        // The telemetry key of an editor extension, which every copy of it ships.
        if (leaf == "aiKey")
            return "";

        if (CredentialName.Judge(leaf) != CredentialKind.None)
            return leaf;

        string? list = named != path ? Singular(leaf) : null;
        if (list is not null && CredentialName.Judge(list) != CredentialKind.None)
            return list;

        if (named.Parent?.OfName() is not { } parent)
            return leaf;

        string both = $"{parent.Name}:{leaf}";
        if (CredentialName.Judge(both) != CredentialKind.None)
            return both;

        string group = Groups.Contains(string.Concat(NameWords.Split(parent.Name))) ? $"{leaf}:{Singular(parent.Name)}" : leaf;
        return CredentialName.Judge(group) != CredentialKind.None ? group : leaf;
    }

    private static string? Singular(string name) => name.Length > 3 && name[^1] is 's' or 'S' ? name[..^1] : null;
}
