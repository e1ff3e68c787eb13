namespace GpuInference;

/// <summary>Nothing is zero: a setting that is missing chooses no device.</summary>
public enum Device
{
    Cuda = 1,
    TensorRt = 2,
    Cpu = 3,
}

/// <summary>The section <c>Inference</c> of the configuration.</summary>
public sealed record InferenceSettings
{
    /// <summary>There is no "whatever is there": who wants the CPU says so, or learns of a missing GPU from a latency graph.</summary>
    public Device Device { get; init; }

    /// <summary>Counts the GPUs that the container was given, so 0 is the first of those, wherever it sits in the host.</summary>
    public int DeviceId { get; init; }

    /// <summary>
    /// What ONNX Runtime's arena may take on the device. Without a limit it grows until nothing is left for whoever shares it.
    /// CUDA itself and cuDNN come on top, several hundred megabytes.
    /// </summary>
    public int GpuMemoryMegabytes { get; init; } = 2048;

    /// <summary>
    /// Where TensorRT keeps the engines it has built for a model and a GPU, absolute; needed for <see cref="Device.TensorRt"/>. An
    /// engine is native code: the directory must belong to this process alone.
    /// </summary>
    public string? EngineDirectory { get; init; }

    /// <summary>What the health endpoint says.</summary>
    public string Name => Device == Device.Cpu ? "cpu" : $"{Device.ToString().ToLowerInvariant()}:{DeviceId}";
}
