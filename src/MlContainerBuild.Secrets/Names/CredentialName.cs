namespace MlContainerBuild.Secrets;

/// <summary>What the words of a name say about its value.</summary>
internal static class CredentialName
{
    private static readonly HashSet<string> PasswordWords = new(StringComparer.Ordinal)
    {
        "password", "passwd", "pwd", "passphrase", "pass", "pw", "passcode",
    };

    // The last two words, joined: "api key", "client secret", …
    private static readonly HashSet<string> KeyPairs = new(StringComparer.Ordinal)
    {
        "apikey", "accesskey", "secretkey", "accountkey", "sharedkey", "signingkey", "privatekey", "encryptionkey", "masterkey",
        "licensekey", "subscriptionkey", "functionkey", "hostkey", "storagekey", "clientsecret", "appsecret", "consumersecret",
        "webhooksecret", "jwtsecret", "accesstoken", "authtoken", "bearertoken", "apitoken", "refreshtoken", "sastoken", "sessiontoken",
        "servicetoken", "bottoken", "hubtoken", "hftoken", "usertoken", "personaltoken", "deploytoken", "identitytoken", "registrytoken",
        "githubtoken", "ghtoken", "gitlabtoken", "npmtoken", "nugettoken", "jwtkey", "hmackey", "sharedsecret", "secretaccesskey",
        "cryptokey", "adminkey", "servicekey", "openaikey", "searchkey", "speechkey", "kagglekey", "cognitivekey",
    };

    // A name that ends so describes a credential instead of holding one.
    private static readonly HashSet<string> DescribingEndings = new(StringComparer.Ordinal)
    {
        "file", "path", "dir", "directory", "folder", "name", "names", "url", "uri", "endpoint", "host", "id", "ids", "header", "label",
        "length", "size", "version", "type", "kind", "prefix", "suffix", "env", "var", "variable", "ref", "reference", "arn", "expiry",
        "expires", "expiration", "expiresin", "ttl", "timeout", "lifetime", "age", "enabled", "disabled", "required", "policy", "rotation",
        "hash", "hashed", "digest", "salt", "count", "limit", "format", "algorithm", "alg", "provider", "source", "store", "mount", "region",
        "scope", "scopes", "audience", "issuer", "min", "max", "strength", "reset", "question", "hint", "field", "parameter", "column",
        "prompt", "message", "error", "regex", "pattern", "template", "section", "text", "title", "description", "placeholder", "mode",
        "validator", "rule", "rules", "class", "manager", "service", "status", "state", "index", "encoding", "location", "binding", "keyid",
    };

    // Anywhere in the name: not about credentials at all.
    private static readonly HashSet<string> OtherWords = new(StringComparer.Ordinal)
    {
        "public", "publickey", "publishable", "tokenizer", "csrf", "xsrf", "antiforgery", "cancellation", "eos", "bos", "pad", "unk", "sep",
        "cls", "mask", "stop", "special", "added", "vocab", "max", "min", "num", "partition", "foreign", "primary", "sort", "cache", "routing",
        "label", "labels", "button", "message", "messages", "error", "errors", "tooltip", "caption", "locale", "translation", "translations",
        "idempotency", "instrumentation", "instrumentationkey", "usersecretsid", "usersecrets", "publickeytoken", "keyboard", "keyword",
    };

    /// <summary>Whether the name says that the value is a password.</summary>
    public static bool IsPassword(string name) => Judge(name) == CredentialKind.Password;

    /// <summary>What kind of credential the name promises; <c>None</c> for <c>*_FILE</c>, <c>*_PATH</c>, <c>MAX_TOKENS</c> and the like.</summary>
    public static CredentialKind Judge(string name)
    {
        var words = NameWords.Split(name);
        if (words.Count == 0 || DescribingEndings.Contains(words[words.Count - 1]) || IsSiteKey(words))
            return CredentialKind.None;
        foreach (string word in words)
        {
            if (OtherWords.Contains(word))
                return CredentialKind.None;
        }

        string last = words[words.Count - 1];
        if (PasswordWords.Contains(last) || last.EndsWith("password", StringComparison.Ordinal) || last.EndsWith("passwd", StringComparison.Ordinal))
            return CredentialKind.Password;
        if (last is "secret" or "secrets" or "credential" or "credentials" or "pat" || last.EndsWith("secret", StringComparison.Ordinal))
            return CredentialKind.Key;
        if (KeyPairs.Contains(last) || (words.Count > 1 && KeyPairs.Contains(words[words.Count - 2] + last)))
            return CredentialKind.Key;
        foreach (string pair in KeyPairs)
        {
            // "MYAPIKEY": a name without anything between its words.
            if (last.Length > pair.Length && last.EndsWith(pair, StringComparison.Ordinal))
                return CredentialKind.Key;
        }

        return last is "token" && words.Count > 1 ? CredentialKind.Key
            : last is "key" && words.Count > 1 ? CredentialKind.WeakKey
            : CredentialKind.None;
    }

    /// <summary>What a page shows to a captcha service: every visitor reads it.</summary>
    private static bool IsSiteKey(List<string> words) => words.Count > 1 && words[words.Count - 2] == "site" && words[words.Count - 1] == "key";
}

/// <summary>What a name promises its value to be.</summary>
internal enum CredentialKind
{
    None,

    /// <summary>Something named "… key": often a credential, often not; the value must look random.</summary>
    WeakKey,

    Key,

    Password,
}
