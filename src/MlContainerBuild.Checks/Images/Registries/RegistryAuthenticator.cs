using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>
/// Answers a registry's challenge: Basic, or a Bearer token fetched from the token service that the challenge names
/// (distribution specification, "Token Authentication" and "OAuth2"). Tokens are kept until they expire.
/// </summary>
internal sealed class RegistryAuthenticator(
    string registry, HttpClient http, RegistryEndpoint endpoint, CredentialStore store, TimeProvider clock)
{
    private const int MaxTokenBytes = 256 * 1024;

    // A token that is about to expire would be refused on its way.
    private static readonly TimeSpan ExpiryMargin = TimeSpan.FromSeconds(10);

    // By repository: a registry gives each its own scope.
    private readonly ConcurrentDictionary<string, CachedHeader> headers = [];

    /// <summary>The header that worked last time, or null.</summary>
    public AuthenticationHeaderValue? Cached(string repository) =>
        headers.TryGetValue(repository, out var cached) && cached.Expires > clock.GetUtcNow() ? cached.Header : null;

    public void Forget(string repository) => headers.TryRemove(repository, out _);

    /// <summary>The header that answers the challenges of a 401.</summary>
    public async Task<RegistryResult<AuthenticationHeaderValue>> AnswerAsync(
        IEnumerable<string> challengeHeaders, string repository, CancellationToken cancellation)
    {
        ImmutableArray<AuthChallenge> challenges = AuthChallenge.ParseAll(challengeHeaders);
        AuthChallenge? challenge = challenges.FirstOrDefault(one => one.IsBearer) ?? challenges.FirstOrDefault(one => one.IsBasic);
        if (challenge is null)
        {
            return Fail(RegistryFailureKind.LoginRejected, repository, "it asks for a login by a method that container registries do not use", 401);
        }

        // Before any credential is looked up: no registry decides on its own where they are sent.
        Uri? realm = null;
        if (challenge.IsBearer && !TryGetRealm(challenge, out realm))
        {
            return Fail(RegistryFailureKind.TokenService, repository, "it names a token service that credentials must not be sent to", 401);
        }

        (Credentials? credentials, RegistryFailure? failure) = await store.FindAsync(repository, cancellation).ConfigureAwait(false);
        if (failure is not null)
        {
            return failure;
        }

        return realm is null
            ? Basic(credentials, repository)
            : await BearerAsync(challenge, realm, credentials, repository, cancellation).ConfigureAwait(false);
    }

    private RegistryResult<AuthenticationHeaderValue> Basic(Credentials? credentials, string repository)
    {
        if (credentials is null)
        {
            return Fail(RegistryFailureKind.LoginRequired, repository, "it asks for a login, and no credentials for it were found", 401);
        }

        if (credentials.IdentityToken is not null)
        {
            return Fail(RegistryFailureKind.LoginRejected, repository, $"it asks for user and password; {credentials.Origin} holds an identity token", 401);
        }

        AuthenticationHeaderValue header = BasicHeader(credentials);
        headers[repository] = new CachedHeader(header, DateTimeOffset.MaxValue);
        return header;
    }

    private async Task<RegistryResult<AuthenticationHeaderValue>> BearerAsync(
        AuthChallenge challenge, Uri realm, Credentials? credentials, string repository, CancellationToken cancellation)
    {
        string? service = challenge.Parameters.GetValueOrDefault("service");
        string scope = challenge.Parameters.GetValueOrDefault("scope") ?? $"repository:{repository}:pull";

        // Identity tokens are for OAuth2. A password goes by GET, which every token service knows, and then by OAuth2.
        HttpStatusCode status = default;
        if (credentials?.IdentityToken is null)
        {
            (AuthenticationHeaderValue? header, status) = await RequestAsync(GetRequest(realm, service, scope, credentials), repository, cancellation).ConfigureAwait(false);
            if (header is not null)
            {
                return header;
            }
        }

        if (credentials is not null && !IsTemporary(status))
        {
            (AuthenticationHeaderValue? header, status) = await RequestAsync(PostRequest(realm, service, scope, credentials), repository, cancellation).ConfigureAwait(false);
            if (header is not null)
            {
                return header;
            }
        }

        return status switch
        {
            HttpStatusCode.OK =>
                Fail(RegistryFailureKind.TokenService, repository, $"its token service {realm.Host} answered without a token", null),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest => credentials is null
                ? Fail(RegistryFailureKind.LoginRequired, repository, "it gives no anonymous access, and no credentials for it were found", (int)status)
                : Fail(RegistryFailureKind.LoginRejected, repository, $"its token service {realm.Host} rejected the {credentials}", (int)status),
            HttpStatusCode.TooManyRequests =>
                Fail(RegistryFailureKind.RateLimited, repository, $"its token service {realm.Host} allows no more requests for now", (int)status),
            _ => Fail(RegistryFailureKind.TokenService, repository, $"its token service {realm.Host} failed", (int)status),
        };
    }

    private static bool IsTemporary(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests || (int)status >= 500;

    // HTTPS, or HTTP where the registry itself may be insecure. Never this machine's own services or a cloud's metadata
    // address, unless the registry is on this machine: a challenge must not aim requests at what only we can reach.
    private bool TryGetRealm(AuthChallenge challenge, out Uri? realm)
    {
        return Uri.TryCreate(challenge.Parameters.GetValueOrDefault("realm"), UriKind.Absolute, out realm)
            && (realm.Scheme == Uri.UriSchemeHttps || (realm.Scheme == Uri.UriSchemeHttp && endpoint.IsInsecure))
            && realm.UserInfo.Length == 0
            && (!IsLocal(realm) || IsLocal(endpoint.Address));
    }

    private static bool IsLocal(Uri uri)
    {
        string host = uri.IdnHost.TrimEnd('.');
        if (!IPAddress.TryParse(host, out IPAddress? address))
        {
            return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(address)
            || address.IsIPv6LinkLocal
            || address.Equals(IPAddress.Any)
            || address.Equals(IPAddress.IPv6Any)
            || (address.GetAddressBytes() is [169, 254, _, _]);
    }

    private static HttpRequestMessage GetRequest(Uri realm, string? service, string scope, Credentials? credentials)
    {
        var query = new StringBuilder(realm.Query.TrimStart('?'));
        Append("service", service);
        Append("scope", scope);
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query.ToString() }.Uri);
        request.Headers.Authorization = credentials is null ? null : BasicHeader(credentials);
        return request;

        void Append(string name, string? value)
        {
            if (value is not null)
            {
                query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }

    private static HttpRequestMessage PostRequest(Uri realm, string? service, string scope, Credentials credentials)
    {
        var form = new List<KeyValuePair<string, string>> { new("client_id", "mlcontainerbuild"), new("scope", scope) };
        if (service is not null)
        {
            form.Add(new("service", service));
        }

        if (credentials.IdentityToken is { } token)
        {
            form.AddRange([new("grant_type", "refresh_token"), new("refresh_token", token)]);
        }
        else
        {
            form.AddRange([new("grant_type", "password"), new("username", credentials.UserName), new("password", credentials.Password)]);
        }

        return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(form) };
    }

    private async Task<(AuthenticationHeaderValue? Header, HttpStatusCode Status)> RequestAsync(
        HttpRequestMessage request, string repository, CancellationToken cancellation)
    {
        using (request)
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK
                || await BoundedBody.ReadAsync(response, MaxTokenBytes, cancellation).ConfigureAwait(false) is not { } body
                || ParseToken(body) is not { } token)
            {
                return (null, response.StatusCode);
            }

            headers[repository] = new CachedHeader(token.Header, clock.GetUtcNow() + token.Lifetime - ExpiryMargin);
            return (token.Header, HttpStatusCode.OK);
        }
    }

    private static (AuthenticationHeaderValue Header, TimeSpan Lifetime)? ParseToken(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            string? token = Text("token") ?? Text("access_token");
            if (token is null || !AuthenticationHeaderValue.TryParse("Bearer " + token, out AuthenticationHeaderValue? header))
            {
                return null;
            }

            // Without expires_in a token lasts 60 seconds (specification).
            bool hasLifetime = root.TryGetProperty("expires_in", out JsonElement expires) && expires.ValueKind == JsonValueKind.Number;
            double seconds = hasLifetime && expires.TryGetDouble(out double value) ? value : 60;
            return (header, TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400)));

            string? Text(string name) =>
                root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement element)
                && element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static AuthenticationHeaderValue BasicHeader(Credentials credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.UserName}:{credentials.Password}")));

    private RegistryFailure Fail(RegistryFailureKind kind, string repository, string detail, int? status) =>
        new(kind, registry, repository, detail) { Status = status };

    private sealed record CachedHeader(AuthenticationHeaderValue Header, DateTimeOffset Expires);
}
