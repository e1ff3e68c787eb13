using System.Globalization;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>A published service as it runs: hardened by <c>build/lab/container.sh</c>, and reachable only from inside its network.</summary>
internal sealed class Container : IAsyncDisposable
{
    private static readonly string Script = Repository.PathOf("build/lab/container.sh");
    private readonly string directory;

    private Container(string directory, string id, string process)
    {
        this.directory = directory;
        Id = id;
        Process = process;
    }

    public string Id { get; }

    /// <summary>The id of its process, as this machine sees it.</summary>
    public string Process { get; }

    /// <param name="directory">Where the engine keeps images, secrets and containers; one container runs there at a time.</param>
    public static async Task<Container> StartAsync(string directory, string image, params string[] options)
    {
        CommandResult result = await CommandLine.RunAsync("bash", [Script, "start", directory, image, .. options], Repository.Root);
        Assert.True(result.ExitCode == 0, result.Output);
        Dictionary<string, string> values = result.Output.Split('\n', StringSplitOptions.TrimEntries)
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2 && pair[0].StartsWith("CONTAINER", StringComparison.Ordinal)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new Container(directory, values["CONTAINER"], values["CONTAINER_PID"]);
    }

    /// <summary>Runs a container that is expected to end by itself.</summary>
    public static Task<CommandResult> RunAsync(string directory, string image, params string[] options) =>
        CommandLine.RunAsync("bash", [Script, "run", directory, image, .. options], Repository.Root);

    /// <summary>Any other command of the engine on what the directory keeps.</summary>
    public static async Task<string> PodmanAsync(string directory, params string[] arguments)
    {
        CommandResult result = await CommandLine.RunAsync("bash", [Script, "podman", directory, .. arguments], Repository.Root);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    /// <summary>Asks the service, and waits for one that does not listen yet.</summary>
    public async Task<Answer> RequestAsync(string path, params string[] curlOptions)
    {
        CommandResult result = await CommandLine.RunAsync(
            "nsenter",
            [
                "--target", Process, "--net", "curl", "--silent", "--max-time", "10", "--retry", "30", "--retry-connrefused", "--retry-delay", "1",
                "--write-out", "\n%{http_code}", .. curlOptions, $"http://127.0.0.1:8080{path}",
            ],
            Repository.Root);
        Assert.True(result.ExitCode == 0, result.Output + await LogsAsync());
        string output = result.Output.TrimEnd();
        int end = output.LastIndexOf('\n');
        return new Answer(int.Parse(output.AsSpan(end + 1), CultureInfo.InvariantCulture), output[..end].Trim());
    }

    public Task<string> LogsAsync() => PodmanAsync(directory, "logs", Id);

    public Task<string> InspectAsync() => PodmanAsync(directory, "inspect", Id);

    public async ValueTask DisposeAsync() => await StopAsync(directory);

    /// <summary>Ends what runs there; after that the directory can be deleted.</summary>
    public static Task StopAsync(string directory) => CommandLine.RunAsync("bash", [Script, "stop", directory], Repository.Root);
}

internal sealed record Answer(int Status, string Body);
