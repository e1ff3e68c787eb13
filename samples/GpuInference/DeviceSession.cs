using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions; // ASP.NET Core has one too

namespace GpuInference;

/// <summary>Session options for exactly the device that was asked for.</summary>
public static class DeviceSession
{
    /// <returns>To be disposed of once the session is made.</returns>
    /// <exception cref="InvalidOperationException">The device is not there, or the settings do not fit together.</exception>
    public static SessionOptions Create(InferenceSettings settings)
    {
        var options = new SessionOptions();
        try
        {
            switch (settings.Device)
            {
                case Device.Cpu:
                    return options;

                case Device.Cuda:
                    AppendCuda(options, settings);
                    break;

                case Device.TensorRt:
                    AppendTensorRt(options, settings);
                    AppendCuda(options, settings); // takes what TensorRT does not
                    break;

                default:
                    throw new InvalidOperationException("Inference:Device must be Cuda, TensorRt or Cpu.");
            }

            // ONNX Runtime otherwise runs on the CPU what the providers do not take, all of it if need be, and tells only its log.
            // It does not go with models whose shape arithmetic ONNX Runtime itself prefers to have there (microsoft/onnxruntime#17930).
            options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
            return options;
        }
        catch (OnnxRuntimeException exception)
        {
            options.Dispose();
            throw new InvalidOperationException(
                $"""
                 The device {settings.Name} cannot be used: {exception.Message}
                 Give the container a GPU (--gpus '"device=0"', or in Kubernetes a limit of nvidia.com/gpu: 1), or choose the CPU: Inference__Device=Cpu.
                 Nothing falls back to it by itself.
                 """,
                exception);
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    private static void AppendCuda(SessionOptions options, InferenceSettings settings)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = Text(settings.DeviceId),
            ["gpu_mem_limit"] = Text(settings.GpuMemoryMegabytes * 1024L * 1024),
            // Otherwise the arena doubles each time it grows, and takes much more than it needs.
            ["arena_extend_strategy"] = "kSameAsRequested",
        });
        options.AppendExecutionProvider_CUDA(cuda); // the overload that takes a device id would leave the options unused
    }

    private static void AppendTensorRt(SessionOptions options, InferenceSettings settings)
    {
        string engines = PrivateDirectory(settings.EngineDirectory);
        using var tensorRt = new OrtTensorRTProviderOptions();
        tensorRt.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = Text(settings.DeviceId),
            ["trt_max_workspace_size"] = Text(settings.GpuMemoryMegabytes * 1024L * 1024),
            ["trt_engine_cache_enable"] = "1",
            ["trt_engine_cache_path"] = engines,
        });
        options.AppendExecutionProvider_Tensorrt(tensorRt);
    }

    // What lies there is loaded as code: nobody else may write to it, and nobody else need read it.
    private static string PrivateDirectory(string? path)
    {
        if (path is null || !Path.IsPathFullyQualified(path))
            throw new InvalidOperationException("Inference:EngineDirectory must be an absolute path: a volume or tmpfs of this service's own.");

        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(path, Private);
        if ((File.GetUnixFileMode(path) & ~Private) != 0)
            throw new InvalidOperationException($"Inference:EngineDirectory '{path}' is open to other users. Give it mode 0700.");

        return path;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
