using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>
/// Reads manifests, indexes and configurations of one registry (OCI distribution specification; Docker's types, too) and
/// hashes what it reads. It never writes. What goes wrong is a <see cref="RegistryFailure"/>; only cancellation throws.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private const int MaxRedirects = 5;

    private static readonly MediaTypeWithQualityHeaderValue[] ManifestTypes =
        [.. new[] { MediaTypes.OciIndex, MediaTypes.DockerManifestList, MediaTypes.OciManifest, MediaTypes.DockerManifest }
            .Select(type => new MediaTypeWithQualityHeaderValue(type))];

    private readonly TimeProvider clock;
    private readonly RegistryEndpoint endpoint;
    private readonly RegistryAuthenticator authenticator;
    private readonly HttpClient http;

    /// <param name="registry">Host and optional port, as in an image reference; <c>docker.io</c> is Docker Hub.</param>
    /// <param name="access">What the registry is to the publish.</param>
    /// <param name="environment">Null takes the machine's.</param>
    /// <param name="limits">Null takes the defaults.</param>
    /// <param name="clock">For the waits between attempts and the expiry of tokens; null takes the system's.</param>
    /// <exception cref="UriFormatException">The name is none that <see cref="ImageReference"/> or the SDK let through.</exception>
    public RegistryClient(
        string registry, RegistryAccess access, RegistryEnvironment? environment = null, RegistryLimits? limits = null, TimeProvider? clock = null)
    {
        environment ??= RegistryEnvironment.Current;
        Registry = registry;
        Limits = limits ?? new RegistryLimits();
        this.clock = clock ?? TimeProvider.System;

        // docker.io is a name only; its API lives elsewhere.
        string host = registry == ImageReference.DockerHub ? "registry-1.docker.io" : registry;
        endpoint = new RegistryEndpoint(registry, new Uri($"https://{host}"), environment);
        http = new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MlContainerBuild", typeof(RegistryClient).Assembly.GetName().Version!.ToString(2)));
        var store = new CredentialStore(registry, access, environment, Limits);
        authenticator = new RegistryAuthenticator(registry, http, endpoint, store, this.clock);
    }

    public string Registry { get; }

    internal RegistryLimits Limits { get; }

    /// <summary>A manifest or index, by tag or digest. By digest the bytes are known to hash to it.</summary>
    public Task<RegistryResult<RegistryContent>> GetManifestAsync(string repository, string reference, CancellationToken cancellation)
    {
        string? digest = ImageReference.IsSha256Digest(reference) ? reference : null;
        string name = digest is null ? $"{repository}:{reference}" : $"{repository}@{digest}";
        return ReadAsync(new Read(repository, name, $"/v2/{repository}/manifests/{reference}", digest, Limits.ManifestBytes, ManifestTypes), cancellation);
    }

    /// <summary>A configuration, whose bytes are known to hash to <paramref name="digest"/>.</summary>
    public Task<RegistryResult<RegistryContent>> GetConfigAsync(string repository, string digest, CancellationToken cancellation) =>
        ReadAsync(new Read(repository, $"{repository}@{digest}", $"/v2/{repository}/blobs/{digest}", digest, Limits.ConfigBytes, []), cancellation);

    /// <summary>Connects and logs in before anything is read, so that reading does not wait for it. What goes wrong here goes wrong there, and is told there.</summary>
    public async Task ConnectAsync(string repository, CancellationToken cancellation)
    {
        try
        {
            await AttemptAsync(new Read(repository, repository, "/v2/", null, Limits.ManifestBytes, []), number: 1, cancellation, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody is going to read.
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>One thing to read.</summary>
    /// <param name="Name">For messages.</param>
    /// <param name="Digest">What the bytes must hash to; null for a tag.</param>
    private sealed record Read(
        string Repository, string Name, string Path, string? Digest, int MaxBytes, MediaTypeWithQualityHeaderValue[] Accept);

    /// <summary>How one attempt ended.</summary>
    /// <param name="RetryAfter">The wait before another attempt makes sense; null when none does.</param>
    private sealed record Attempt(RegistryResult<RegistryContent> Result, TimeSpan? RetryAfter);

    private async Task<RegistryResult<RegistryContent>> ReadAsync(Read read, CancellationToken cancellation)
    {
        using var overall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        overall.CancelAfter(Limits.OverallTimeout);
        for (int number = 1; ; number++)
        {
            Attempt attempt = await AttemptAsync(read, number, overall.Token, cancellation).ConfigureAwait(false);
            if (attempt.RetryAfter is not { } wait || number >= Limits.Attempts || wait > Limits.LongestRetryAfter)
            {
                return attempt.Result;
            }

            try
            {
                await Task.Delay(wait, clock, overall.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return attempt.Result;
            }
        }
    }

    private async Task<Attempt> AttemptAsync(Read read, int number, CancellationToken overall, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(overall);
        limit.CancelAfter(Limits.AttemptTimeout);
        try
        {
            RegistryResult<HttpResponseMessage> sent = await SendAsync(read, limit.Token).ConfigureAwait(false);
            if (!sent.TryGet(out HttpResponseMessage? response, out RegistryFailure? failure))
            {
                return new Attempt(failure, null);
            }

            using (response)
            {
                return response.StatusCode == HttpStatusCode.OK
                    ? new Attempt(await ReadBodyAsync(read, response, limit.Token).ConfigureAwait(false), null)
                    : await RefusedAsync(read, response, number, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Attempt(Fail(read, RegistryFailureKind.TimedOut, "it did not answer in time"), null);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is not (HttpRequestError.ResponseEnded or HttpRequestError.Unknown or HttpRequestError.HttpProtocolError))
        {
            return new Attempt(Fail(read, Unreachable(e), Describe(e)), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Attempt(Fail(read, RegistryFailureKind.Interrupted, "the connection broke before the answer was complete"), Backoff(number));
        }
    }

    /// <summary>Sends the request; relaxes TLS where that is allowed, answers one challenge, follows redirects.</summary>
    private async Task<RegistryResult<HttpResponseMessage>> SendAsync(Read read, CancellationToken cancellation)
    {
        AuthenticationHeaderValue? authorization = authenticator.Cached(read.Repository);
        bool hasAnswered = false;
        var uri = new Uri(endpoint.Address, read.Path);
        for (int redirects = 0; ;)
        {
            HttpResponseMessage response;
            try
            {
                response = await SendOnceAsync(uri, read.Accept, endpoint.Owns(uri) ? authorization : null, cancellation).ConfigureAwait(false);
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError && endpoint.Owns(uri))
            {
                if (!await endpoint.TryRelaxAsync(cancellation).ConfigureAwait(false))
                {
                    throw;
                }

                uri = new Uri(endpoint.Address, uri.PathAndQuery);
                continue;
            }

            if (response.StatusCode == HttpStatusCode.Unauthorized && endpoint.Owns(uri) && !hasAnswered)
            {
                using (response)
                {
                    hasAnswered = true;
                    authenticator.Forget(read.Repository);
                    RegistryResult<AuthenticationHeaderValue> answer = await authenticator
                        .AnswerAsync(Challenges(response), read.Repository, cancellation).ConfigureAwait(false);
                    if (!answer.TryGet(out authorization, out RegistryFailure? failure))
                    {
                        return failure with { Reference = read.Name };
                    }
                }

                continue;
            }

            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                return response;
            }

            using (response)
            {
                if (Target(uri, response.Headers.Location) is not { } target)
                {
                    return Fail(read, RegistryFailureKind.UnsafeRedirect, "it redirects to nowhere, or from HTTPS to HTTP", response);
                }

                if (++redirects > MaxRedirects)
                {
                    return Fail(read, RegistryFailureKind.UnsafeRedirect, $"it redirects more than {MaxRedirects} times", response);
                }

                uri = target;
            }
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        Uri uri, MediaTypeWithQualityHeaderValue[] accept, AuthenticationHeaderValue? authorization, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        foreach (MediaTypeWithQualityHeaderValue type in accept)
        {
            request.Headers.Accept.Add(type);
        }

        request.Headers.Authorization = authorization;
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
    }

    private static Uri? Target(Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out Uri? target))
        {
            return null;
        }

        bool isHttp = target.Scheme == Uri.UriSchemeHttps || (target.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp);
        return isHttp ? target : null;
    }

    // The raw fields: HttpClient's own parser drops what it does not like.
    private static HeaderStringValues Challenges(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out HeaderStringValues values) ? values : default;

    private async Task<RegistryResult<RegistryContent>> ReadBodyAsync(Read read, HttpResponseMessage response, CancellationToken cancellation)
    {
        byte[]? bytes = await BoundedBody.ReadAsync(response, read.MaxBytes, cancellation).ConfigureAwait(false);
        if (bytes is null)
        {
            return Fail(read, RegistryFailureKind.TooLarge, $"it sends more than {read.MaxBytes / 1024 / 1024.0:0.##} MiB");
        }

        string digest = Sha256(bytes);
        if (read.Digest is { } expected && digest != expected)
        {
            return Fail(read, RegistryFailureKind.DigestMismatch, $"the content hashes to {digest}, not to its digest");
        }

        // Not protected by anything, but the SDK copies it into the label base.digest.
        if (response.Headers.NonValidated.TryGetValues("Docker-Content-Digest", out HeaderStringValues claims)
            && claims.ToString() is var claim && ImageReference.IsSha256Digest(claim) && claim != digest)
        {
            return Fail(read, RegistryFailureKind.DigestMismatch, $"the content hashes to {digest}, but the registry calls it {claim}");
        }

        return new RegistryContent(digest, response.Content.Headers.ContentType?.MediaType, bytes);
    }

    private async Task<Attempt> RefusedAsync(Read read, HttpResponseMessage response, int number, CancellationToken cancellation)
    {
        string code = await ErrorCodeAsync(response, cancellation).ConfigureAwait(false);
        int status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.TooManyRequests || status >= 500)
        {
            bool isLimit = response.StatusCode == HttpStatusCode.TooManyRequests;
            TimeSpan wait = RetryAfter(response) ?? Backoff(number);
            string detail = isLimit ? "it allows no more requests for now" : "it failed";
            detail += wait > Limits.LongestRetryAfter ? $" and asks to wait {wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s" : "";
            RegistryFailureKind temporary = isLimit ? RegistryFailureKind.RateLimited : RegistryFailureKind.ServerError;
            return new Attempt(Fail(read, temporary, detail + code, response), wait);
        }

        (RegistryFailureKind kind, string text) = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => (RegistryFailureKind.LoginRejected, "it rejects the login"),
            HttpStatusCode.Forbidden => (RegistryFailureKind.Forbidden, "it denies access"),
            HttpStatusCode.NotFound => (RegistryFailureKind.NotFound, "it does not have it"),
            _ => (RegistryFailureKind.UnexpectedStatus, "it answers as a registry does not"),
        };
        return new Attempt(Fail(read, kind, text + code, response), null);
    }

    /// <summary>The specification's error code, such as <c>MANIFEST_UNKNOWN</c>; nothing else of a foreign text is repeated.</summary>
    private static async Task<string> ErrorCodeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            byte[]? body = await BoundedBody.ReadAsync(response, 64 * 1024, cancellation).ConfigureAwait(false);
            using JsonDocument document = JsonDocument.Parse(body);
            string? code = document.RootElement.GetProperty("errors")[0].GetProperty("code").GetString();
            return code is { Length: > 0 and <= 40 } && code.All(c => char.IsAsciiLetterUpper(c) || c == '_') ? $" [{code}]" : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException
            or IOException or HttpRequestException or ArgumentNullException)
        {
            return "";
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > clock.GetUtcNow() ? date - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private TimeSpan Backoff(int number) => Limits.FirstDelay * (1 << Math.Min(number - 1, 6));

    private RegistryFailureKind Unreachable(HttpRequestException e) =>
        e.HttpRequestError == HttpRequestError.SecureConnectionError && endpoint.HasRefusedCertificate
            ? RegistryFailureKind.UntrustedCertificate
            : RegistryFailureKind.Unreachable;

    // Our own words: an exception's may quote a URL, and a redirect's URL may be signed.
    private string Describe(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the name cannot be resolved",
        HttpRequestError.ConnectionError when e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the connection is refused",
        HttpRequestError.ConnectionError => "no connection can be made",
        HttpRequestError.SecureConnectionError when endpoint.HasRefusedCertificate => "its certificate is not trusted",
        HttpRequestError.SecureConnectionError => "no TLS connection can be made",
        HttpRequestError.ProxyTunnelError => "the proxy refuses the connection",
        HttpRequestError.ConfigurationLimitExceeded => "its headers are too large",
        _ => "it does not speak HTTP",
    };

    private static string Sha256(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private RegistryFailure Fail(Read read, RegistryFailureKind kind, string detail, HttpResponseMessage? response = null) =>
        new(kind, Registry, read.Name, detail) { Status = (int?)response?.StatusCode };

    private SocketsHttpHandler CreateHandler() => new()
    {
        // Redirects are followed here, where it is known which host may see the credentials.
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = Limits.ConnectTimeout,
        MaxResponseHeadersLength = 64,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (sender, _, _, errors) => endpoint.AcceptCertificate((sender as SslStream)?.TargetHostName ?? "", errors),
        },
    };
}
