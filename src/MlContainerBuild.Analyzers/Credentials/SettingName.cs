using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>
/// The setting that takes the place of a secret: what the message proposes and the code fix writes. It has one name, a key of the
/// configuration such as <c>HuggingFace:Token</c>; the file and the variable that set it follow from that.
/// </summary>
internal readonly struct SettingName(string key)
{
    /// <summary>The key of the diagnostic's property that tells the code fix.</summary>
    internal const string PropertyName = "setting";

    private const string ConnectionStrings = "ConnectionStrings";
    private const string Default = "Default";

    // Where the name of the format does not tell.
    private static readonly Dictionary<string, SettingName> WellKnown = new(StringComparer.Ordinal)
    {
        ["huggingface-user"] = new("HuggingFace:Token"),
        ["huggingface-organization"] = new("HuggingFace:Token"),
        ["wandb"] = new("WeightsAndBiases:ApiKey"),
        ["wandb-legacy"] = new("WeightsAndBiases:ApiKey"),
        ["aws-secret-access-key"] = new("AWS:SecretAccessKey"),
        ["aws-key-pair"] = new("AWS:SecretAccessKey"),
        ["aws-access-key-id"] = new("AWS:AccessKeyId"),
        ["aws-bedrock"] = new("AWS:BearerToken"),
        ["aws-bedrock-short"] = new("AWS:BearerToken"),
        ["databricks"] = new("Databricks:Token"),
        ["jwt"] = new("AccessToken"),
        ["authorization-header"] = new("AccessToken"),
    };

    // The words that end the provider's part of a format's name: "Docker Hub | personal access token".
    private static readonly HashSet<string> KindWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "api", "access", "user", "organization", "fine-grained", "personal", "service", "shared", "account", "client", "secret", "oauth",
        "test", "app-level", "token", "key", "webhook", "join", "management", "reference", "batch", "of", "password", "login", "registry", "feed",
    };

    internal string Key { get; } = key;

    internal (string Key, string Value) Property => (PropertyName, Key);

    /// <summary>The file in <c>/run/secrets</c> that sets it (docs/runtime-secrets.md), and the environment variable.</summary>
    internal string File => FileOf(Key);

    /// <summary>The name that a connection string is read by: <c>Features</c> of <c>ConnectionStrings:Features</c>.</summary>
    internal string LastSegment => Key.Substring(Key.LastIndexOf(':') + 1);

    private bool IsConnection => Key.StartsWith(ConnectionStrings + ":", StringComparison.Ordinal);

    /// <summary>The setting of one of several subjects: <c>HuggingFace:Reader:Token</c>, <c>ConnectionStrings:TrainingFeatures</c>.</summary>
    internal SettingName Within(string subject)
    {
        if (subject.Length == 0)
            return this;

        if (IsConnection)
            return OfSubject(LastSegment == Default ? subject : subject + LastSegment);

        return new SettingName(Key.Substring(0, Key.Length - LastSegment.Length) + subject + ":" + LastSegment);
    }

    internal SettingName Numbered(int number) => new(Key + number);

    /// <summary>What a name around the secret says that the setting does not: "Reader" of <c>readerToken</c> for <c>HuggingFace:Token</c>.</summary>
    internal string Subject(string name)
    {
        var said = new HashSet<string>(Key.Split(':').SelectMany(segment => NameWords.Split(segment)), StringComparer.Ordinal);
        bool isConnection = IsConnection;
        var words = NameWords.Split(name).Where(word => !said.Contains(word) && !(isConnection && IsConnectionWord(word)));
        return string.Concat(words.Select(Capitalized));
    }

    internal static SettingName For(SecretFormat format)
    {
        if (WellKnown.TryGetValue(format.Id, out SettingName known))
            return known;

        string[] words = format.Name.Split(' ');
        string[] provider = [.. words.TakeWhile(word => !KindWords.Contains(word)).Select(Capitalized).Where(word => word.Length > 0)];
        string kind = words[words.Length - 1] switch
        {
            "token" or "Token" => "Token",
            "secret" => "Secret",
            "webhook" => "Webhook",
            "signature" => "Signature",
            _ => "ApiKey",
        };

        return provider.Length == 0 ? Named(kind) : new SettingName(string.Concat(provider) + ":" + kind);
    }

    /// <summary>The setting for a value that goes to a member or variable of this name.</summary>
    internal static SettingName Named(string name)
    {
        string key = string.Concat(NameWords.Split(name).Select(Capitalized));
        return new SettingName(key.Length == 0 ? "Secret" : key);
    }

    /// <summary>The setting of a member of a type: <c>ApiKey</c> of <c>PineconeClient</c> is <c>Pinecone:ApiKey</c>.</summary>
    internal static SettingName Named(string type, string name)
    {
        // A lone "key" says nothing in a file of settings.
        SettingName member = Named(name is "key" or "Key" ? "ApiKey" : name);
        string subject = type == "OpenAI" ? type : string.Concat(NameWords.Split(type).TakeWhile(word => !IsRole(word)).Select(Capitalized));
        return subject.Length == 0 || member.Key.StartsWith(subject, StringComparison.OrdinalIgnoreCase)
            ? member
            : new SettingName(subject + ":" + member.Key);
    }

    /// <summary>The connection string for a variable or member of this name, else for this database; <c>Default</c> where neither says more.</summary>
    internal static SettingName OfConnection(string? name, string? database = null)
    {
        string subject = ConnectionSubject(name);
        if (subject.Length == 0)
            subject = ConnectionSubject(database);

        return OfSubject(subject.Length == 0 ? Default : subject);
    }

    /// <summary>The setting that code reads already.</summary>
    internal static SettingName Known(string key) => new(key);

    internal static string FileOf(string key) => key.Replace(":", "__");

    private static SettingName OfSubject(string subject) => new(ConnectionStrings + ":" + subject);

    private static string ConnectionSubject(string? name) =>
        string.Concat(NameWords.Split(name ?? "").Where(word => !IsConnectionWord(word)).Select(Capitalized));

    private static bool IsConnectionWord(string word) =>
        word is "connection" or "string" or "strings" or "conn" or "str" or "cs" or "connectionstring" or "value" or "url" or "uri" or "default";

    private static bool IsRole(string word) =>
        word is "client" or "options" or "settings" or "config" or "configuration" or "credential" or "credentials" or "service" or "builder" or "provider"
            or "extensions" or "factory" or "authentication" or "auth" or "api" or "key" or "program" or "startup";

    private static string Capitalized(string word) =>
        word.Length == 0 || !char.IsLetterOrDigit(word[0]) ? "" : char.ToUpperInvariant(word[0]) + word.Substring(1);
}
