// Package Microsoft.ML.OnnxRuntime.Managed: the public members that rules or examples touch, names and parameters as published.
using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

public class OnnxRuntimeException : Exception
{
    internal OnnxRuntimeException() { }
}

public class OrtCUDAProviderOptions() : SafeHandle(IntPtr.Zero, true)
{
    public override bool IsInvalid => false;
    public string GetOptions() => "";
    public void UpdateOptions(Dictionary<string, string> providerOptions) { }
    protected override bool ReleaseHandle() => true;
}

public class OrtTensorRTProviderOptions() : SafeHandle(IntPtr.Zero, true)
{
    public override bool IsInvalid => false;
    public int GetDeviceId() => 0;
    public string GetOptions() => "";
    public void UpdateOptions(Dictionary<string, string> providerOptions) { }
    protected override bool ReleaseHandle() => true;
}

public class OrtROCMProviderOptions() : SafeHandle(IntPtr.Zero, true)
{
    public override bool IsInvalid => false;
    public string GetOptions() => "";
    public void UpdateOptions(Dictionary<string, string> providerOptions) { }
    protected override bool ReleaseHandle() => true;
}

public enum GraphOptimizationLevel
{
    ORT_DISABLE_ALL = 0,
    ORT_ENABLE_BASIC = 1,
    ORT_ENABLE_EXTENDED = 2,
    ORT_ENABLE_ALL = 99,
}

[Flags]
public enum CoreMLFlags : uint
{
    COREML_FLAG_USE_NONE = 0x000,
}

public class SessionOptions() : SafeHandle(IntPtr.Zero, true)
{
    public override bool IsInvalid => false;
    public GraphOptimizationLevel GraphOptimizationLevel { get; set; }
    public bool EnableCpuMemArena { get; set; }
    public bool EnableMemoryPattern { get; set; }
    public int IntraOpNumThreads { get; set; }

    public static SessionOptions MakeSessionOptionWithCudaProvider(int deviceId = 0) => new();
    public static SessionOptions MakeSessionOptionWithCudaProvider(OrtCUDAProviderOptions cudaProviderOptions) => new();
    public static SessionOptions MakeSessionOptionWithTensorrtProvider(int deviceId = 0) => new();
    public static SessionOptions MakeSessionOptionWithTensorrtProvider(OrtTensorRTProviderOptions trtProviderOptions) => new();
    public static SessionOptions MakeSessionOptionWithRocmProvider(int deviceId = 0) => new();
    public static SessionOptions MakeSessionOptionWithRocmProvider(OrtROCMProviderOptions rocmProviderOptions) => new();

    public void AddSessionConfigEntry(string configKey, string configValue) { }
    public void AppendExecutionProvider(string providerName, Dictionary<string, string> providerOptions = null) { }
    public void AppendExecutionProvider(OrtEnv env, IReadOnlyList<OrtEpDevice> epDevices, IReadOnlyDictionary<string, string> epOptions) { }
    public void AppendExecutionProvider_CPU(int useArena = 1) { }
    public void AppendExecutionProvider_CUDA(int deviceId = 0) { }
    public void AppendExecutionProvider_CUDA(OrtCUDAProviderOptions cudaProviderOptions) { }
    public void AppendExecutionProvider_CoreML(CoreMLFlags coremlFlags = CoreMLFlags.COREML_FLAG_USE_NONE) { }
    public void AppendExecutionProvider_DML(int deviceId = 0) { }
    public void AppendExecutionProvider_Dnnl(int useArena = 1) { }
    public void AppendExecutionProvider_MIGraphX(int deviceId = 0) { }
    public void AppendExecutionProvider_OpenVINO(string deviceId = "") { }
    public void AppendExecutionProvider_ROCm(int deviceId = 0) { }
    public void AppendExecutionProvider_ROCm(OrtROCMProviderOptions rocmProviderOptions) { }
    public void AppendExecutionProvider_Tensorrt(int deviceId = 0) { }
    public void AppendExecutionProvider_Tensorrt(OrtTensorRTProviderOptions trtProviderOptions) { }
    public void RegisterCustomOpLibrary(string libraryPath) { }
    public void RegisterCustomOpLibraryV2(string libraryPath, out IntPtr libraryHandle) => libraryHandle = default;
    public void RegisterOrtExtensions() { }
    protected override bool ReleaseHandle() => true;
}

public class OrtEpDevice
{
    internal OrtEpDevice() { }
    public string EpName => "";
}

public class OrtMemoryInfo
{
    internal OrtMemoryInfo() { }
}

public class OrtArenaCfg
{
    public OrtArenaCfg(uint maxMemory, int arenaExtendStrategy, int initialChunkSizeBytes, int maxDeadBytesPerChunk) { }
}

public sealed class OrtEnv
{
    internal OrtEnv() { }
    public static OrtEnv Instance() => new();
    public string[] GetAvailableProviders() => [];
    public IReadOnlyList<OrtEpDevice> GetEpDevices() => [];
    public void CreateAndRegisterAllocator(OrtMemoryInfo memInfo, OrtArenaCfg arenaCfg) { }
    public void RegisterExecutionProviderLibrary(string registrationName, string libraryPath) { }
}

public class RunOptions() : SafeHandle(IntPtr.Zero, true)
{
    public override bool IsInvalid => false;
    public void AddRunConfigEntry(string configKey, string configValue) { }
    protected override bool ReleaseHandle() => true;
}

public class InferenceSession : IDisposable
{
    public InferenceSession(string modelPath) { }
    public InferenceSession(string modelPath, SessionOptions options) { }
    public InferenceSession(byte[] model) { }
    public InferenceSession(byte[] model, SessionOptions options) { }
    public void Dispose() { }
}
