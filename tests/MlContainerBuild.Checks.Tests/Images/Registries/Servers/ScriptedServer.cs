using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MlContainerBuild.Checks.Tests.Images.Registries.Servers;

internal sealed record HttpCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Authorization => Headers.GetValueOrDefault("authorization");
}

internal sealed record HttpReply(int Status, byte[] Body, string? ContentType = "application/json")
{
    public (string Name, string Value)[] Headers { get; init; } = [];

    public Fault Fault { get; init; }

    public static HttpReply Text(int status, string text) => new(status, Encoding.UTF8.GetBytes(text));
}

internal enum Fault
{
    None,

    /// <summary>Promises the whole body, sends half of it and closes.</summary>
    Truncated,

    /// <summary>Sends half of the body and resets the connection.</summary>
    Reset,

    /// <summary>Sends half of the body and then nothing until the test ends.</summary>
    Stalled,

    /// <summary>Sends the body again and again, without saying how long it is.</summary>
    Endless,

    /// <summary>Sends the body without saying how long it is.</summary>
    WithoutLength,
}

/// <summary>An HTTP/1.1 server on loopback that answers as a test says, also in ways that no web framework allows.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new(TimeSpan.FromMinutes(5));
    private readonly Func<HttpCall, HttpReply> answer;
    private readonly X509Certificate2? certificate;

    public ScriptedServer(Func<HttpCall, HttpReply> answer, X509Certificate2? certificate = null)
    {
        this.answer = answer;
        this.certificate = certificate;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>The name under which the SDK's rules allow plain HTTP.</summary>
    public string Name => $"localhost:{Port}";

    public ConcurrentQueue<HttpCall> Calls { get; } = [];

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            // Without it, the second of two small writes waits 40 ms for the acknowledgement of the first.
            client.NoDelay = true;
            try
            {
                Stream stream = client.GetStream();
                if (certificate is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, end.Token);
                    stream = tls;
                }

                while (await ReadCallAsync(stream) is { } call)
                {
                    Calls.Enqueue(call);
                    if (!await SendAsync(client, stream, answer(call)))
                    {
                        return;
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException
                or System.Security.Authentication.AuthenticationException)
            {
                // The client has gone, or the test has ended.
            }
        }
    }

    private async Task<HttpCall?> ReadCallAsync(Stream stream)
    {
        // Byte by byte: requests are small, and nothing of the next one is swallowed.
        var head = new List<byte>();
        var one = new byte[1];
        while (!Encoding.ASCII.GetString([.. head.TakeLast(4)]).Equals("\r\n\r\n", StringComparison.Ordinal))
        {
            // 0x16 begins a TLS handshake: this server speaks none.
            if (await stream.ReadAsync(one, end.Token) == 0 || head.Count > 64 * 1024 || (head.Count == 0 && one[0] == 0x16))
            {
                return null;
            }

            head.Add(one[0]);
        }

        string[] lines = Encoding.UTF8.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] request = lines[0].Split(' ');
        Dictionary<string, string> headers = lines.Skip(1).ToDictionary(
            line => line[..line.IndexOf(':')].ToLowerInvariant(), line => line[(line.IndexOf(':') + 1)..].Trim());
        var body = new byte[int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, end.Token);
        return new HttpCall(request[0], request[1], headers, Encoding.UTF8.GetString(body));
    }

    private async Task<bool> SendAsync(TcpClient client, Stream stream, HttpReply reply)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} X\r\n");
        if (reply.Fault is not (Fault.Endless or Fault.WithoutLength))
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\n");
        }
        else
        {
            head.Append("Connection: close\r\n");
        }

        if (reply.ContentType is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {reply.ContentType}\r\n");
        }

        foreach ((string name, string value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), end.Token);
        bool isWhole = reply.Fault is Fault.None or Fault.WithoutLength or Fault.Endless;
        await stream.WriteAsync(reply.Body.AsMemory(0, isWhole ? reply.Body.Length : reply.Body.Length / 2), end.Token);
        await stream.FlushAsync(end.Token);
        switch (reply.Fault)
        {
            case Fault.Stalled:
                await Task.Delay(Timeout.Infinite, end.Token);
                break;
            case Fault.Reset:
                client.LingerState = new LingerOption(true, 0);
                client.Client.Close();
                break;
            case Fault.Endless:
                while (true)
                {
                    await stream.WriteAsync(reply.Body, end.Token);
                }
        }

        return reply.Fault == Fault.None;
    }
}
