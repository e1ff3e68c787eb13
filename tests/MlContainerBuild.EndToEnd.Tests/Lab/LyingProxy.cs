using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>A registry in front of the real one that changes the base image under its own digest, as the SDK lets it.</summary>
internal sealed class LyingProxy : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly HttpClient upstream;
    private readonly string lie;
    private readonly Task serving;

    /// <param name="lie">
    /// <c>manifest</c>, <c>config</c> or <c>layer</c>: what is altered. With <c>sdk</c> only the SDK is lied to, and gets a manifest
    /// whose layers are others.
    /// </param>
    public LyingProxy(string registry, string lie)
    {
        this.lie = lie;
        upstream = new HttpClient { BaseAddress = new Uri($"http://{registry}"), Timeout = TimeSpan.FromSeconds(30) };
        int port = FreePort();
        Address = $"localhost:{port}";
        listener.Prefixes.Add($"http://localhost:{port}/");
        listener.Start();
        serving = ServeAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        upstream.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), context.Request.RawUrl);
        foreach (string accept in context.Request.Headers.GetValues("Accept") ?? [])
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using HttpResponseMessage response = await upstream.SendAsync(request);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        body = lie != "sdk" ? Alter(context.Request.RawUrl!, body)
            : (context.Request.UserAgent ?? "").StartsWith("MlContainerBuild", StringComparison.Ordinal) ? body
            : ExchangeLayers(context.Request.RawUrl!, body);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (response.Headers.TryGetValues("Docker-Content-Digest", out IEnumerable<string>? digest))
            context.Response.Headers["Docker-Content-Digest"] = digest.First();

        context.Response.ContentLength64 = body.Length;
        if (request.Method != HttpMethod.Head)
            await context.Response.OutputStream.WriteAsync(body);

        context.Response.Close();
    }

    // Real layers of this registry, in the wrong places: the SDK verifies each against the manifest it has been given.
    private static byte[] ExchangeLayers(string path, byte[] body)
    {
        if (!path.Contains("/manifests/", StringComparison.Ordinal) || body.Length == 0 || JsonNode.Parse(body) is not JsonObject manifest || manifest["layers"] is not JsonArray layers)
            return body;

        manifest["layers"] = new JsonArray([.. layers.Reverse().Select(layer => layer!.DeepClone())]);
        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }

    private byte[] Alter(string path, byte[] body)
    {
        if (lie == "layer" && path.Contains("/blobs/", StringComparison.Ordinal) && body.Length > 0 && body[0] != (byte)'{')
            body[^1] ^= 1;

        bool isTarget = lie == "manifest" ? path.Contains("/manifests/", StringComparison.Ordinal) : lie == "config" && path.Contains("/blobs/", StringComparison.Ordinal);
        if (!isTarget || body.Length == 0 || body[0] != (byte)'{')
            return body;

        // One blank more: the same document to whoever reads it, and another to whoever hashes it.
        return Encoding.UTF8.GetBytes("{ " + Encoding.UTF8.GetString(body)[1..]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
