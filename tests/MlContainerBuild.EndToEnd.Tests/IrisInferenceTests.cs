using System.Security.Cryptography;
using System.Text.Json;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>The safe sample, published without a finding and run hardened: what it takes from outside, it takes safely.</summary>
public sealed class IrisInferenceTests(IrisInferenceTests.Published published) : IClassFixture<IrisInferenceTests.Published>
{
    private const string Flower = """{"sepalLength":6.3,"sepalWidth":3.3,"petalLength":6.0,"petalWidth":2.5}""";

    // Without a file system of its own there, podman cannot mount a secret into a read-only container (podman issue 15541).
    private static readonly string[] WithSecret = ["--tmpfs", "/run/secrets:rw,noexec,nosuid,nodev,size=64k", "--secret", "ApiKey,uid=1654,gid=1654,mode=0400"];

    [Fact]
    public void Publish_WarnsOfNothing()
    {
        Assert.Empty(published.Result.Errors);
        Assert.Empty(published.Result.Warnings);
    }

    [Fact]
    public async Task MissingSecret_RefusesToStart()
    {
        CommandResult run = await Container.RunAsync(await published.NewEngineAsync(), published.Image);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("IrisInference does not start: it has no ApiKey", run.Output, StringComparison.Ordinal);
        Assert.Contains("/run/secrets/ApiKey", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptySecret_RefusesToStart()
    {
        CommandResult run = await Container.RunAsync(await published.NewEngineAsync("\n"), published.Image, WithSecret);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("IrisInference does not start: it has no ApiKey", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MountedSecret_IsAskedForAndNowhereElse()
    {
        string key = Guid.NewGuid().ToString("N");
        await using Container service = await Container.StartAsync(await published.NewEngineAsync(key), published.Image, WithSecret);

        Assert.Equal(200, (await service.RequestAsync("/health")).Status);
        Assert.Equal("401", await PredictAsync(service));
        Assert.Equal("401", await PredictAsync(service, "X-Api-Key;"));
        Assert.Equal("401", await PredictAsync(service, "X-Api-Key: " + key[..^1]));
        Assert.Equal("401", await PredictAsync(service, "X-Api-Key: " + key, "X-Api-Key: " + key));
        Assert.Equal("200 virginica", await PredictAsync(service, "X-Api-Key: " + key));

        string process = $"/proc/{service.Process}";
        Assert.Equal(key, await File.ReadAllTextAsync($"{process}/root/run/secrets/ApiKey"));
        string[] places =
        [
            await service.InspectAsync(), await service.LogsAsync(), await published.InspectImageAsync(),
            await File.ReadAllTextAsync($"{process}/environ"), await File.ReadAllTextAsync($"{process}/cmdline"),
        ];
        Assert.All(places, place => Assert.DoesNotContain(key, place, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecretVolumeOfKubernetes_IsRead()
    {
        string engine = await published.NewEngineAsync();
        string volume = Path.Combine(engine, "volume");
        // Links to links, so that all files change at once; and the token of the service account beside them.
        CommandResult layout = await CommandLine.RunAsync("bash", ["-euc", """
            mkdir -p ..2026_11_22 kubernetes.io/serviceaccount
            echo the-key >..2026_11_22/ApiKey
            ln -s ..2026_11_22 ..data
            ln -s ..data/ApiKey ApiKey
            echo token >kubernetes.io/serviceaccount/token
            """], Directory.CreateDirectory(volume).FullName);
        Assert.True(layout.ExitCode == 0, layout.Output);

        await using Container service = await Container.StartAsync(engine, published.Image, "--volume", $"{volume}:/run/secrets:ro");

        Assert.Equal("401", await PredictAsync(service));
        Assert.Equal("200 virginica", await PredictAsync(service, "X-Api-Key: the-key"));
    }

    [Fact]
    public async Task TamperedModel_RefusesToStart()
    {
        string engine = await published.NewEngineAsync("key");
        string tampered = Path.Combine(engine, "iris.onnx");
        byte[] model = await File.ReadAllBytesAsync(Repository.PathOf("samples/IrisInference/models/iris.onnx"));
        string declared = Convert.ToHexStringLower(SHA256.HashData(model));
        model[^1] ^= 1;
        await File.WriteAllBytesAsync(tampered, model);

        CommandResult run = await Container.RunAsync(engine, published.Image, [.. WithSecret, "--volume", $"{tampered}:/app/models/iris.onnx:ro"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "IrisInference does not start. The model 'models/iris.onnx' is refused: /app/models/iris.onnx is not the model that IrisInference.csproj declares: its SHA-256 is "
            + $"{Convert.ToHexStringLower(SHA256.HashData(model))}, and the declared one is {declared}. If it was changed on purpose, run: dotnet build IrisInference.csproj "
            + "-t:MlContainerPinModels, and publish again. If not, find out who changed it.",
            run.Output.Trim());
    }

    /// <summary>The status, and what the model recognised.</summary>
    private static async Task<string> PredictAsync(Container service, params string[] headers)
    {
        Answer answer = await service.RequestAsync(
            "/predict", ["--header", "Content-Type: application/json", "--data", Flower, .. headers.SelectMany(header => new[] { "--header", header })]);
        if (answer.Status != 200)
            return $"{answer.Status}";

        using JsonDocument prediction = JsonDocument.Parse(answer.Body);
        return $"{answer.Status} {prediction.RootElement.GetProperty("species")}";
    }

    /// <summary>The image, published once.</summary>
    public sealed class Published : IAsyncLifetime
    {
        private readonly List<string> engines = [];
        private Laboratory? laboratory;

        internal BuildResult Result { get; private set; } = null!;

        internal string Image { get; private set; } = "";

        public async Task InitializeAsync()
        {
            laboratory = await Laboratory.OpenAsync();
            Sample sample = await Sample.CopyAsync("IrisInference");
            Image = sample.Image;
            Result = await sample.PublishContainerAsync("aspnet:10.0");
            Assert.True(Result.Succeeded, Result.Output);
        }

        public Task DisposeAsync() => Task.WhenAll(engines.Select(Container.StopAsync));

        internal Task<string> InspectImageAsync() => laboratory!.Registry.InspectAsync(Image.Split('/')[1], "--config");

        /// <summary>A container engine with nothing but a secret in it, where one is given.</summary>
        internal async Task<string> NewEngineAsync(string? secret = null)
        {
            string directory = laboratory!.NewDirectory("engine");
            engines.Add(directory);
            if (secret is not null)
            {
                string file = Path.Combine(directory, "secret");
                await File.WriteAllTextAsync(file, secret);
                await Container.PodmanAsync(directory, "secret", "create", "ApiKey", file);
                File.Delete(file);
            }

            return directory;
        }
    }
}
