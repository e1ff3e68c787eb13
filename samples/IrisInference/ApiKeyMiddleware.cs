using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;

namespace IrisInference;

/// <summary>Lets callers through that send the key; an endpoint that says <c>AllowAnonymous</c> is open to everyone.</summary>
public sealed class ApiKeyMiddleware(RequestDelegate next, string key)
{
    public const string Header = "X-Api-Key";

    private readonly byte[] _hash = Hash(key);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || HasKey(context.Request))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "ApiKey";
        return Task.CompletedTask;
    }

    // In constant time, and of hashes, which all have one length: how long the answer takes tells nothing of the key.
    private bool HasKey(HttpRequest request) =>
        request.Headers[Header] is [{ } candidate] && CryptographicOperations.FixedTimeEquals(Hash(candidate), _hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
