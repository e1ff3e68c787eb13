using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>A real registry on loopback, with its access log: the witness of what was asked of it, and of what was not.</summary>
internal sealed class Registry : IAsyncDisposable
{
    private readonly string directory;
    private readonly string log;

    private Registry(string directory, string address, string log)
    {
        this.directory = directory;
        this.log = log;
        Address = address;
    }

    /// <summary><c>localhost:port</c>.</summary>
    public string Address { get; }

    public static async Task<Registry> StartAsync(string directory)
    {
        CommandResult result = await CommandLine.RunAsync("bash", [Repository.PathOf("build/lab/registry.sh"), "start", directory], Repository.Root);
        Assert.True(result.ExitCode == 0, "The registry did not start; build/test.sh installs what it needs. " + result.Output);
        Dictionary<string, string> values = result.Output.Split('\n', StringSplitOptions.TrimEntries)
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        return new Registry(directory, values["REGISTRY"], values["REGISTRY_LOG"]);
    }

    /// <summary>Every request since the registry started, one line each, but for the probe that waited for it.</summary>
    public string[] Requests() => [.. File.ReadAllLines(log).Where(line => !line.Contains("\"GET /v2/ HTTP", StringComparison.Ordinal))];

    /// <summary>Requests about one repository.</summary>
    public string[] Requests(string repository) => [.. Requests().Where(line => line.Contains($"/v2/{repository}/", StringComparison.Ordinal))];

    /// <summary>A manifest, an index, or with <c>config</c> an image's configuration, as the registry serves it.</summary>
    public async Task<string> InspectAsync(string image, params string[] options)
    {
        CommandResult result = await CommandLine.RunAsync("skopeo", ["inspect", "--tls-verify=false", .. options, $"docker://{Address}/{image}"], directory);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    /// <summary>The names of the files in an image's last layer, which is the application's.</summary>
    public async Task<string[]> ListApplicationLayerAsync(string repository, string tag)
    {
        using JsonDocument manifest = JsonDocument.Parse(await InspectAsync($"{repository}:{tag}", "--raw"));
        string digest = manifest.RootElement.GetProperty("layers").EnumerateArray().Last().GetProperty("digest").GetString()!;
        using var client = new HttpClient();
        await using Stream compressed = await client.GetStreamAsync(new Uri($"http://{Address}/v2/{repository}/blobs/{digest}"));
        await using var layer = new GZipStream(compressed, CompressionMode.Decompress);
        await using var tar = new TarReader(layer);
        var names = new List<string>();
        while (await tar.GetNextEntryAsync() is { } entry)
            names.Add(entry.Name);

        return [.. names];
    }

    /// <summary>Copies an image with all its platforms; both references name registry and tag.</summary>
    public async Task CopyAsync(string from, string to)
    {
        CommandResult result = await CommandLine.RunAsync(
            "skopeo", ["--insecure-policy", "copy", "--all", "--preserve-digests", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{from}", $"docker://{to}"], directory);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    public async ValueTask DisposeAsync() =>
        await CommandLine.RunAsync("bash", [Repository.PathOf("build/lab/registry.sh"), "stop", directory], Repository.Root);
}
