using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Payload.Settings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>
/// Files whose only purpose is to hold a credential. A name alone says little (a <c>.pem</c> may hold certificates), so what was found in
/// the file decides: the name only tells what to call it.
/// </summary>
internal static class CredentialFile
{
    // By the end of the path, the longest first where one is the end of another.
    private static readonly (string End, string What)[] Known =
    [
        (".git/config", "a Git configuration with credentials"),
        (".git-credentials", "Git's stored credentials"),
        (".docker/config.json", "Docker's configuration with registry logins"),
        (".dockerconfigjson", "Docker's configuration with registry logins"),
        (".dockercfg", "Docker's configuration with registry logins"),
        (".netrc", "a .netrc file with a password"),
        ("_netrc", "a .netrc file with a password"),
        (".npmrc", "an .npmrc file with a registry token"),
        (".pypirc", "a .pypirc file with an upload token"),
        (".pgpass", "PostgreSQL's password file"),
        (".my.cnf", "a MySQL client configuration with a password"),
        ("nuget.config", "a nuget.config with a feed password"),
        ("kaggle.json", "Kaggle's API key"),
        (".aws/credentials", "AWS credentials"),
        ("application_default_credentials.json", "Google Cloud credentials"),
        ("huggingface/token", "Hugging Face's stored token"),
        ("huggingface/stored_tokens", "Hugging Face's stored tokens"),
        (".vault-token", "a Vault token"),
        ("credentials.tfrc.json", "a Terraform token"),
        (".s3cfg", "S3 credentials"),
        ("rclone.conf", "rclone's configuration with credentials"),
        (".kube/config", "a kubeconfig with credentials"),
        ("kubeconfig", "a kubeconfig with credentials"),
    ];

    // Formats of the engine that only such files have.
    private static readonly Dictionary<string, string> KnownFormats = new(StringComparer.Ordinal)
    {
        ["gcp-service-account"] = "a Google service account's key",
        ["docker-config"] = "Docker's configuration with registry logins",
        ["netrc"] = "a .netrc file with a password",
        ["npmrc"] = "an .npmrc file with a registry token",
        ["nuget-config"] = "a nuget.config with a feed password",
        ["kaggle-file"] = "Kaggle's API key",
        [KubernetesKey] = "a kubeconfig with credentials",
        [RefreshToken] = "Google Cloud credentials",
        [GitHeader] = "a Git configuration with credentials",
        [DataProtectionKey] = "an unencrypted key of ASP.NET Core's data protection",
        [PuttyKey] = "a PuTTY private key",
    };

    private const string KubernetesKey = "kubernetes-client-key", RefreshToken = "gcp-refresh-token", GitHeader = "git-header",
        DataProtectionKey = "data-protection-key", PuttyKey = "putty-key", PgPass = "pgpass";

    /// <summary>What to call the file, given the secrets in it; null where it is no credential file.</summary>
    /// <param name="path">Relative, with <c>/</c>.</param>
    public static string? Describe(string path, string text, IReadOnlyList<FoundSecret> secrets)
    {
        if (!secrets.Any(secret => secret.Severity >= Severity.Warning))
            return null;

        foreach ((string end, string what) in Known)
        {
            if (path.EndsWith(end, StringComparison.OrdinalIgnoreCase) && (path.Length == end.Length || end[0] != '.' || path[^(end.Length + 1)] == '/'))
                return what;
        }

        if (secrets.Select(secret => KnownFormats.GetValueOrDefault(secret.FormatId)).FirstOrDefault(what => what is not null) is { } named)
            return named;

        bool isKeyFile = text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("-----BEGIN ") || Path.GetExtension(path).ToLowerInvariant() is ".pem" or ".key" or ".ppk";
        return secrets.Any(secret => secret.FormatId == "private-key") && isKeyFile ? "a private key"
            : secrets.Any(secret => secret.FormatId == "private-key-encrypted") && isKeyFile ? "a private key behind a passphrase"
            : null;
    }

    /// <summary>Whether the engine found by its surroundings what only such a file holds.</summary>
    public static bool IsToldBy(string formatId) => KnownFormats.ContainsKey(formatId);

    /// <summary>What only the syntax of such a file gives away.</summary>
    /// <param name="path">Relative, with <c>/</c>.</param>
    public static IEnumerable<FoundSecret> Find(string path, string text, IReadOnlyList<PublishedSetting> settings)
    {
        foreach (PublishedSetting setting in settings)
        {
            if (FormatOf(setting, path, settings) is { } format)
                yield return new FoundSecret(format.Id, format.Name, "", Severity.Error, setting.Start, setting.Path.ToString());
        }

        if (text.StartsWith("PuTTY-User-Key-File-", StringComparison.Ordinal))
            yield return new FoundSecret(PuttyKey, "private key", "", text.Contains("Encryption: none", StringComparison.Ordinal) ? Severity.Error : Severity.Warning, TextPosition.Start);

        if (path.EndsWith(".pgpass", StringComparison.Ordinal) && text.Split('\n').Any(line => !line.StartsWith('#') && line.Split(':') is { Length: >= 5 } parts && NamedSecret.Find("password", parts[4].Trim()) is not null))
            yield return new FoundSecret(PgPass, "password", "", Severity.Error, TextPosition.Start);
    }

    private static (string Id, string Name)? FormatOf(PublishedSetting setting, string path, IReadOnlyList<PublishedSetting> settings) => setting.Path.Name switch
    {
        "client-key-data" when IsEncodedKey(setting.Value) => (KubernetesKey, "client key"),
        "refresh_token" when setting.Value.Length >= 20 && settings.Any(other => other.Path.Name == "type" && other.Value == "authorized_user") => (RefreshToken, "refresh token"),
        "extraheader" when path.EndsWith(".git/config", StringComparison.Ordinal) && setting.Value.StartsWith("AUTHORIZATION:", StringComparison.OrdinalIgnoreCase) => (GitHeader, "authorization header"),
        "value" when setting.Path.Parent?.Name == "masterKey" && setting.Value.Trim().Length >= 40 => (DataProtectionKey, "data protection key"),
        _ => null,
    };

    private static bool IsEncodedKey(string base64)
    {
        Span<byte> start = stackalloc byte[48];
        string head = base64.Trim();
        return head.Length >= 64 && Convert.TryFromBase64String(head[..64], start, out int count) && start[..count].IndexOf("PRIVATE KEY"u8) > 0;
    }
}
