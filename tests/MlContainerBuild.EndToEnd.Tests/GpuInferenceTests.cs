using System.Text.Json;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>The sample for GPUs, on a machine without one: it says so instead of running on the CPU, unless the CPU was chosen.</summary>
public sealed class GpuInferenceTests
{
    [Fact]
    public async Task WithoutAGpu_RunsOnlyWhenTheCpuIsChosen()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        Sample sample = await Sample.CopyAsync("GpuInference");

        BuildResult publish = await sample.PublishContainerAsync(
            "aspnet:10.0-cuda", "-p:PublishSelfContained=false", "-p:OnnxRuntimePackage=Microsoft.ML.OnnxRuntime");
        Assert.True(publish.Succeeded, publish.Output);
        Assert.Empty(publish.Warnings);

        // The base is root's and asks for every GPU, as NVIDIA's images do.
        using JsonDocument image = JsonDocument.Parse(await laboratory.Registry.InspectAsync(sample.Image.Split('/')[1], "--config"));
        JsonElement config = image.RootElement.GetProperty("config");
        Assert.Equal("1654:1654", config.GetProperty("User").GetString());
        Assert.Equal(
            ["NVIDIA_DRIVER_CAPABILITIES=compute,utility", "NVIDIA_VISIBLE_DEVICES=void"],
            config.GetProperty("Env").EnumerateArray().Select(variable => variable.GetString()!)
                .Where(variable => variable.StartsWith("NVIDIA_", StringComparison.Ordinal) && !variable.StartsWith("NVIDIA_REQUIRE", StringComparison.Ordinal)).Order());

        string engine = laboratory.NewDirectory("engine");
        try
        {
            CommandResult refused = await Container.RunAsync(engine, sample.Image);
            Assert.Equal(1, refused.ExitCode);
            Assert.StartsWith("GpuInference does not start. The device cuda:0 cannot be used: ", refused.Output, StringComparison.Ordinal);
            Assert.Contains("or choose the CPU: Inference__Device=Cpu", refused.Output, StringComparison.Ordinal);

            Assert.Contains("'gpu'", await RefusalAsync("Inference__Device=gpu"), StringComparison.Ordinal);
            Assert.Contains("'Devise'", await RefusalAsync("Inference__Devise=Cpu"), StringComparison.Ordinal);
            Assert.Contains("EngineDirectory must be an absolute path", await RefusalAsync("Inference__Device=TensorRt"), StringComparison.Ordinal);
            // Everyone's, as a tmpfs is unless told otherwise, and one's own inside of it.
            Assert.Contains("'/tmp' is open to other users", await RefusalAsync("Inference__Device=TensorRt", "Inference__EngineDirectory=/tmp"), StringComparison.Ordinal);
            Assert.Contains("The device tensorrt:0 cannot be used", await RefusalAsync("Inference__Device=TensorRt", "Inference__EngineDirectory=/tmp/engines"), StringComparison.Ordinal);

            await using Container service = await Container.StartAsync(engine, sample.Image, "--env", "Inference__Device=Cpu");
            Assert.Equal(new Answer(200, """{"status":"healthy","device":"cpu"}"""), await service.RequestAsync("/health"));
            Answer prediction = await service.RequestAsync(
                "/predict", "--header", "Content-Type: application/json", "--data", """{"sepalLength":6.3,"sepalWidth":3.3,"petalLength":6.0,"petalWidth":2.5}""");
            Assert.Contains("\"species\":\"virginica\"", prediction.Body, StringComparison.Ordinal);
        }
        finally
        {
            await Container.StopAsync(engine);
        }

        async Task<string> RefusalAsync(params string[] settings)
        {
            CommandResult run = await Container.RunAsync(engine, sample.Image, [.. settings.SelectMany(setting => new[] { "--env", setting })]);
            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith("GpuInference does not start. ", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
            return run.Output;
        }
    }
}
