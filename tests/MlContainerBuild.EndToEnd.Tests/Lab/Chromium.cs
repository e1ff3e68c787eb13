using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>
/// A headless Chromium with one page, spoken to over the DevTools protocol. It has a profile of its own, asks nobody on the
/// network for anything by itself, and ends with the test.
/// </summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> pending = new();
    private readonly ConcurrentQueue<(string Method, JsonNode Parameters)> events = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource closing = new();
    private Task receiving = Task.CompletedTask;
    private string? session;
    private int lastId;

    private Chromium(Process process, string profile)
    {
        this.process = process;
        this.profile = profile;
    }

    /// <summary>What the page has reported since it was opened: requests, dialogs, errors.</summary>
    public IReadOnlyList<(string Method, JsonNode Parameters)> Events => [.. events];

    public static async Task<Chromium> StartAsync()
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(_ => Names, Path.Combine)
            .FirstOrDefault(File.Exists);
        Assert.True(program is not null, $"No Chromium on the PATH (looked for {string.Join(", ", Names)}). Run build/lab/prepare.sh, which installs it.");

        string profile = Directory.CreateTempSubdirectory("mlcontainerbuild-chromium-").FullName;
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-quic", "--disable-dev-shm-usage", "--remote-debugging-port=0", $"--user-data-dir={profile}",
            },
        };
        if (Environment.IsPrivilegedProcess)
            start.ArgumentList.Add("--no-sandbox"); // root has none: Chromium refuses to start without saying so

        start.ArgumentList.Add("about:blank");
        var chromium = new Chromium(Process.Start(start)!, profile);
        try
        {
            chromium.process.BeginOutputReadLine();
            chromium.process.BeginErrorReadLine();
            await chromium.ConnectAsync();
            return chromium;
        }
        catch
        {
            await chromium.DisposeAsync();
            throw;
        }
    }

    /// <summary>Loads a page and waits until it is loaded.</summary>
    public async Task OpenAsync(string url)
    {
        events.Clear();
        await SendAsync("Page.navigate", new JsonObject { ["url"] = url });
        using var limit = new CancellationTokenSource(Limit);
        while (!events.Any(@event => @event.Method == "Page.loadEventFired"))
            await Task.Delay(20, limit.Token);
    }

    /// <param name="theme"><c>light</c> or <c>dark</c>.</param>
    /// <param name="medium"><c>screen</c> or <c>print</c>.</param>
    public async Task EmulateAsync(int width, string theme, string medium = "screen")
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["media"] = medium,
            ["features"] = new JsonArray(
                new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = theme },
                new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" }), // nothing moves while it is measured
        });
    }

    /// <summary>The value of an expression, which may be a promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.Null(answer["exceptionDetails"]);
        return answer["result"]!["value"];
    }

    public Task PressAsync(string key, int code) => Task.WhenAll(
        SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "rawKeyDown", ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code }),
        SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code }));

    /// <summary>What a screen reader gets: role and name of every node that is not ignored.</summary>
    public async Task<IReadOnlyList<(string Role, string Name)>> AccessibilityTreeAsync()
    {
        JsonNode tree = await SendAsync("Accessibility.getFullAXTree", []);
        return
        [
            .. tree["nodes"]!.AsArray()
                .Where(node => !(bool)node!["ignored"]!)
                .Select(node => ((string?)node!["role"]?["value"] ?? "", (string?)node["name"]?["value"] ?? "")),
        ];
    }

    /// <summary>The whole page as a PNG.</summary>
    public async Task ScreenshotAsync(string path)
    {
        JsonNode metrics = await SendAsync("Page.getLayoutMetrics", []);
        JsonNode answer = await SendAsync("Page.captureScreenshot", new JsonObject
        {
            ["captureBeyondViewport"] = true,
            ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = (double)metrics["cssLayoutViewport"]!["clientWidth"]!, ["height"] = (double)metrics["cssContentSize"]!["height"]!, ["scale"] = 1 },
        });
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, Convert.FromBase64String((string)answer["data"]!));
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await receiving;
        socket.Dispose();
        process.Dispose();
        closing.Dispose();
        sending.Dispose();
        DeleteProfile();
    }

    private async Task ConnectAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        string port = Path.Combine(profile, "DevToolsActivePort");
        string[] lines;
        while ((lines = File.Exists(port) ? await File.ReadAllLinesAsync(port, limit.Token) : []).Length < 2)
        {
            Assert.False(process.HasExited, "Chromium ended before it was ready.");
            await Task.Delay(50, limit.Token);
        }

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"), limit.Token);
        receiving = ReceiveAsync();
        JsonNode targets = await SendAsync("Target.getTargets", []);
        JsonNode page = targets["targetInfos"]!.AsArray().First(target => (string?)target!["type"] == "page")!;
        JsonNode attached = await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = (string)page["targetId"]!, ["flatten"] = true });
        session = (string)attached["sessionId"]!;
        foreach (string domain in (string[])["Page", "Network", "Runtime", "Log", "Accessibility"])
            await SendAsync(domain + ".enable", []);
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        int id = Interlocked.Increment(ref lastId);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
            message["sessionId"] = session;

        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, closing.Token);
        }
        finally
        {
            sending.Release();
        }

        return await answer.Task.WaitAsync(Limit);
    }

    private async Task ReceiveAsync()
    {
        var message = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), closing.Token);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;

                Handle(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            foreach (TaskCompletionSource<JsonNode> answer in pending.Values)
                answer.TrySetException(new IOException("Chromium has closed the connection."));
        }
    }

    private void Handle(JsonNode message)
    {
        if (message["id"] is null)
            events.Enqueue(((string)message["method"]!, message["params"] ?? new JsonObject()));
        else if (!pending.TryRemove((int)message["id"]!, out TaskCompletionSource<JsonNode>? answer))
            return;
        else if (message["error"] is { } error)
            answer.SetException(new InvalidOperationException(error.ToJsonString()));
        else
            answer.SetResult(message["result"]!);
    }

    // Processes that Chromium has left behind may still be writing.
    private void DeleteProfile()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Directory.Delete(profile, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 20)
            {
                Thread.Sleep(100);
            }
        }
    }
}
