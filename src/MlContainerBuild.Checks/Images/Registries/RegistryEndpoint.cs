using System.Net.Security;
using System.Text.Json;

namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>
/// Where a registry is reached, and whether plain HTTP and an untrusted certificate are acceptable there. The rules are the
/// SDK's: <c>localhost</c>, DOTNET_CONTAINER_INSECURE_REGISTRIES, and what the local daemon calls insecure. It honours no
/// mirrors, so neither do we.
/// </summary>
internal sealed class RegistryEndpoint
{
    private static readonly TimeSpan DaemonTimeout = TimeSpan.FromSeconds(5);

    private readonly string registry;
    private readonly RegistryEnvironment environment;
    private bool hasAskedDaemon;

    public RegistryEndpoint(string registry, Uri address, RegistryEnvironment environment)
    {
        this.registry = registry;
        this.environment = environment;
        Address = address;
        IsInsecure = IsNamedInsecure(registry, environment);
    }

    /// <summary>Whether a name alone, without a question to the daemon, says that neither TLS nor its certificate is asked for.</summary>
    public static bool IsNamedInsecure(string registry, RegistryEnvironment environment) =>
        IsLocalhost(registry)
        || (environment.NonEmpty("DOTNET_CONTAINER_INSECURE_REGISTRIES") ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Contains(registry, StringComparer.OrdinalIgnoreCase);

    /// <summary>Scheme, host and port; becomes <c>http</c> when an insecure registry speaks no TLS.</summary>
    public Uri Address { get; private set; }

    public bool IsInsecure { get; private set; }

    /// <summary>Set when a certificate was refused: it tells "not trusted" from "no TLS".</summary>
    public bool HasRefusedCertificate { get; private set; }

    /// <summary>Whether a URL is this registry's own: only there do its credentials go.</summary>
    public bool Owns(Uri uri) =>
        uri.Scheme == Address.Scheme && uri.Port == Address.Port && uri.IdnHost.Equals(Address.IdnHost, StringComparison.OrdinalIgnoreCase);

    public bool AcceptCertificate(string targetHost, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || (IsInsecure && targetHost.Equals(Address.Host, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        HasRefusedCertificate = true;
        return false;
    }

    /// <summary>
    /// After a failed TLS handshake: whether to try again, now without trust or without TLS. The SDK asks the daemon before
    /// its first request; we ask only here, where the answer matters.
    /// </summary>
    public async Task<bool> TryRelaxAsync(CancellationToken cancellation)
    {
        if (Address.Scheme != Uri.UriSchemeHttps)
        {
            return false;
        }

        if (IsInsecure)
        {
            // Without a port in its name the registry is looked for on HTTP's own.
            Address = new UriBuilder(Address) { Scheme = Uri.UriSchemeHttp, Port = Address.IsDefaultPort ? -1 : Address.Port }.Uri;
            return true;
        }

        if (!hasAskedDaemon)
        {
            hasAskedDaemon = true;
            IsInsecure = await IsInsecureForDaemonAsync(cancellation).ConfigureAwait(false);
        }

        return IsInsecure;
    }

    private static bool IsLocalhost(string registry) =>
        registry.Equals("localhost", StringComparison.OrdinalIgnoreCase) || registry.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase);

    private async Task<bool> IsInsecureForDaemonAsync(CancellationToken cancellation)
    {
        if (BoundedProcess.Locate("docker", environment) is not { } docker)
        {
            return false;
        }

        ProcessResult info = await BoundedProcess.RunAsync(docker, ["info", "--format={{json .}}"], "", DaemonTimeout, cancellation).ConfigureAwait(false);
        return info is { ExitCode: 0, Output: { } output } && IsInsecureIn(output);
    }

    // Docker answers {"RegistryConfig":{"IndexConfigs":{NAME:{"Secure":false}}}}; podman under the name of docker
    // {"registries":{NAME:{"Insecure":true}}}.
    private bool IsInsecureIn(string info)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(info);
            return Entry(document.RootElement, "RegistryConfig", "IndexConfigs") is { } docker && Is(docker, "Secure", JsonValueKind.False)
                || Entry(document.RootElement, "registries") is { } podman && Is(podman, "Insecure", JsonValueKind.True);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private JsonElement? Entry(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty entry in element.EnumerateObject())
            {
                if (entry.Name.Equals(registry, StringComparison.OrdinalIgnoreCase))
                {
                    return entry.Value;
                }
            }
        }

        return null;
    }

    private static bool Is(JsonElement entry, string name, JsonValueKind kind) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind;
}
