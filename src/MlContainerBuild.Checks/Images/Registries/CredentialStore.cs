using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>
/// Finds credentials where SDK 10 looks for them, in its order: the SDK's variables, podman's and docker's files, and the
/// helpers these name. More forgiving in one point: what a helper or an entry does not have is looked for in the next place.
/// </summary>
internal sealed class CredentialStore(string registry, RegistryAccess access, RegistryEnvironment environment, RegistryLimits limits)
{
    private const int MaxFileBytes = 1024 * 1024;

    // Docker logs in to Docker Hub under this key; podman uses the plain name.
    private const string DockerHubKey = "https://index.docker.io/v1/";

    /// <summary>The credentials for a repository, or null when there are none; a failure when a place could not be read.</summary>
    public async Task<(Credentials? Credentials, RegistryFailure? Failure)> FindAsync(string repository, CancellationToken cancellation)
    {
        if (FromVariables(access, environment) is { } set)
        {
            return (set, null);
        }

        foreach (string path in ConfigFiles())
        {
            (Credentials? credentials, string? problem) = await FromFileAsync(path, repository, cancellation).ConfigureAwait(false);
            if (problem is not null)
            {
                return (null, new RegistryFailure(RegistryFailureKind.Credentials, registry, repository, problem));
            }

            if (credentials is not null)
            {
                return (credentials, null);
            }
        }

        return (null, null);
    }

    /// <summary>What the SDK's variables hold; null when none are set.</summary>
    public static Credentials? FromVariables(RegistryAccess access, RegistryEnvironment environment)
    {
        ImmutableArray<string> prefixes = access switch
        {
            RegistryAccess.Base => ["DOTNET_CONTAINER_PULL_REGISTRY"],
            RegistryAccess.BaseAndDestination => ["DOTNET_CONTAINER_PULL_REGISTRY", "DOTNET_CONTAINER_REGISTRY", "SDK_CONTAINER_REGISTRY"],
            _ => ["DOTNET_CONTAINER_PUSH_REGISTRY", "DOTNET_CONTAINER_REGISTRY", "SDK_CONTAINER_REGISTRY"],
        };
        foreach (string prefix in prefixes)
        {
            string user = prefix + "_UNAME";
            string password = prefix + "_PWORD";
            if (environment.NonEmpty(user) is { } name && environment.NonEmpty(password) is { } word)
            {
                return new Credentials(name, word, null, $"{user} and {password}");
            }
        }

        return null;
    }

    // XDG_CONFIG_DIR is the name SDK 10 reads; later versions read XDG_CONFIG_HOME, which is the specified one, first.
    private List<string> ConfigFiles()
    {
        if (environment.NonEmpty("REGISTRY_AUTH_FILE") is { } only)
        {
            return [only];
        }

        var files = new List<string>();
        if (environment.NonEmpty("XDG_RUNTIME_DIR") is { } runtime)
        {
            files.Add(Path.Combine(runtime, "containers", "auth.json"));
        }

        string config = environment.NonEmpty("XDG_CONFIG_HOME") ?? environment.NonEmpty("XDG_CONFIG_DIR")
            ?? Path.Combine(environment.HomeDirectory, ".config");
        files.Add(Path.Combine(config, "containers", "auth.json"));
        files.Add(Path.Combine(environment.NonEmpty("DOCKER_CONFIG") ?? Path.Combine(environment.HomeDirectory, ".docker"), "config.json"));
        return files;
    }

    private async Task<(Credentials? Credentials, string? Problem)> FromFileAsync(string path, string repository, CancellationToken cancellation)
    {
        byte[] bytes;
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return default;
            }

            if (file.Length > MaxFileBytes)
            {
                return (null, $"{path} is larger than {MaxFileBytes / 1024} KiB");
            }

            bytes = await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"{path} cannot be read ({e.GetType().Name})");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? await FromConfigAsync(document.RootElement, path, repository, cancellation).ConfigureAwait(false)
                : (null, $"{path} is not a JSON object");
        }
        catch (JsonException e)
        {
            return (null, $"{path} is not valid JSON (line {e.LineNumber + 1})");
        }
        catch (InvalidOperationException)
        {
            return (null, $"{path} holds text that is not Unicode");
        }
    }

    private async Task<(Credentials? Credentials, string? Problem)> FromConfigAsync(
        JsonElement config, string path, string repository, CancellationToken cancellation)
    {
        string? helper = Text(Member(config, "credHelpers"), registry) ?? Text(config, "credsStore");
        if (helper is { Length: > 0 })
        {
            foreach (string server in Servers())
            {
                (Credentials? credentials, string? problem) = await new CredentialHelper(helper, environment, limits.CredentialHelperTimeout)
                    .GetAsync(server, cancellation).ConfigureAwait(false);
                if (credentials is not null || problem is not null)
                {
                    return (credentials, problem is null ? null : $"{problem} (named in {path})");
                }
            }
        }

        return (FromAuths(Member(config, "auths"), path, repository), null);
    }

    private IEnumerable<string> Servers() => registry == ImageReference.DockerHub ? [DockerHubKey, registry] : [registry];

    // Podman may log in to a part of a registry: the longest key that is a prefix of the repository wins, then the host.
    private Credentials? FromAuths(JsonElement? auths, string path, string repository)
    {
        if (auths is not { ValueKind: JsonValueKind.Object } entries)
        {
            return null;
        }

        Credentials? best = null;
        int bestRank = -1;
        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            int rank = Rank(entry.Name, repository);
            if (rank > bestRank && Decode(entry.Value, path) is { } credentials)
            {
                (best, bestRank) = (credentials, rank);
            }
        }

        return best;
    }

    // -1: another registry; 0: another part of this one (the SDK takes it, too); 1: the registry; more: the longer the better.
    private int Rank(string key, string repository)
    {
        bool isUrl = key.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || key.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        string plain = isUrl ? key[(key.IndexOf("//", StringComparison.Ordinal) + 2)..] : key;
        int slash = plain.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? plain : plain[..slash];
        bool isHere = host.Equals(registry, StringComparison.OrdinalIgnoreCase)
            || (registry == ImageReference.DockerHub && host.Equals("index.docker.io", StringComparison.OrdinalIgnoreCase));
        if (!isHere)
        {
            return -1;
        }

        string part = slash < 0 || isUrl ? "" : plain[(slash + 1)..].TrimEnd('/');
        return part.Length == 0 ? 1
            : repository == part || repository.StartsWith(part + "/", StringComparison.Ordinal) ? 1 + part.Length
            : 0;
    }

    private static Credentials? Decode(JsonElement entry, string path)
    {
        string? token = Text(entry, "identitytoken") is { Length: > 0 } identity ? identity : null;
        string user = Text(entry, "username") ?? "";
        string password = Text(entry, "password") ?? "";
        if (Text(entry, "auth") is { Length: > 0 } auth)
        {
            var bytes = new byte[auth.Length];
            if (!Convert.TryFromBase64String(auth, bytes, out int length))
            {
                return null;
            }

            string pair = Encoding.UTF8.GetString(bytes, 0, length);
            int colon = pair.IndexOf(':', StringComparison.Ordinal);
            user = colon < 0 ? pair : pair[..colon];
            password = colon < 0 ? "" : pair[(colon + 1)..].TrimEnd('\0');
        }

        return token is null && (user.Length == 0 || password.Length == 0) ? null : new Credentials(user, password, token, path);
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) ? member : null;

    private static string? Text(JsonElement? element, string name) =>
        element is { } parent && Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
