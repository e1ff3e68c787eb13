using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>A company's proxy for plain HTTP: takes absolute addresses, one request for each connection, and remembers who asked for what.</summary>
internal sealed class ForwardProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private readonly ConcurrentQueue<string> requests = new();
    private readonly Task serving;

    public ForwardProxy()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The head of every request: request line and headers.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await serving;
        await Task.WhenAll(conversations);
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                conversations.Add(ForwardAsync(await listener.AcceptTcpClientAsync(end.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ForwardAsync(TcpClient accepted)
    {
        try
        {
            using TcpClient client = accepted;
            NetworkStream from = client.GetStream();
            string[] head = (await ReadHeadAsync(from)).Split("\r\n");
            if (head[0].Split(' ') is not [var method, var address, var version])
                return;

            requests.Enqueue(string.Join('\n', head));
            if (method == "CONNECT")
            {
                // What is encrypted is another proxy's business.
                await from.WriteAsync("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), end.Token);
                return;
            }

            var target = new Uri(address);
            using var server = new TcpClient();
            await server.ConnectAsync(target.Host, target.Port, end.Token);
            NetworkStream to = server.GetStream();

            // With 'close' the server ends the connection after its answer, which ends the conversation.
            IEnumerable<string> headers = head.Skip(1).Where(line => line.Length > 0 && !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)
                && !line.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase));
            string forwarded = string.Join("\r\n", [$"{method} {target.PathAndQuery} {version}", .. headers, "Connection: close", "", ""]);
            await to.WriteAsync(Encoding.ASCII.GetBytes(forwarded), end.Token);
            Task body = from.CopyToAsync(to, end.Token);
            await to.CopyToAsync(from, end.Token);
            client.Close();
            await body;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException or UriFormatException)
        {
            // The peer has gone, or the test is over.
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (head.Length < 64 * 1024 && !head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, end.Token) == 1)
            head.Append((char)one[0]);

        return head.ToString();
    }
}
