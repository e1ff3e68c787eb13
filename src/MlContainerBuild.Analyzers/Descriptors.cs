using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace MlContainerBuild.Analyzers;

/// <summary>
/// Every C# rule, in the order of the documentation. No descriptor is an Error: an analyzer's error would fail
/// <c>dotnet build</c>, and what must not ship is stopped at publish (see <see cref="PublishSeverity"/>).
/// </summary>
internal static class Descriptors
{
    private const string Credentials = "Credentials";
    private const string Device = "Device";
    private const string Orchestration = "Orchestration";
    private const string ModelLoading = "ModelLoading";

    internal static readonly DiagnosticDescriptor ProviderToken = new(
        "MLC1001",
        "Provider token in the source",
        "{0} in the source; revoke it, and read the new one at run time: \"{1}\" from configuration, which a mounted file /run/secrets/{2} sets (docs/runtime-secrets.md)",
        Credentials,
        Warning,
        isEnabledByDefault: true,
        "Whoever can read the source, its history or the assembly in the image has the token.",
        HelpLink("MLC1001"));

    internal static readonly DiagnosticDescriptor HardCodedCredential = new(
        "MLC1002",
        "Constant passed as a credential",
        "The value of {0} is written in the source; revoke it, and read the new one at run time: \"{1}\" from configuration, which a mounted file /run/secrets/{2} sets (docs/runtime-secrets.md)",
        Credentials,
        Warning,
        isEnabledByDefault: true,
        "What the source holds, the assembly in every image holds too.",
        HelpLink("MLC1002"));

    internal static readonly DiagnosticDescriptor ConnectionPassword = new(
        "MLC1003",
        "Connection string or URI with a password in the source",
        "{0} in the source; change the password, and read the whole from configuration: \"{1}\"",
        Credentials,
        Warning,
        isEnabledByDefault: true,
        "The password ships with every image, and cannot be changed without building another.",
        HelpLink("MLC1003"));

    internal static readonly DiagnosticDescriptor HardCodedKey = new(
        "MLC1004",
        "Signing or encryption key from a constant",
        "The key {0} is made of a constant, so who has the image can sign and decrypt; replace it, and read the new one at run time: \"{1}\" from configuration, which a mounted file /run/secrets/{2} sets (docs/runtime-secrets.md)",
        Credentials,
        Warning,
        isEnabledByDefault: true,
        "A token signed with a key that others have proves nothing.",
        HelpLink("MLC1004"));

    internal static readonly DiagnosticDescriptor PrivateKey = new(
        "MLC1005",
        "Private key in the source",
        "A {0} in the source; replace the key, and read the new one from a file that is mounted at run time, such as /run/secrets/key.pem",
        Credentials,
        Warning,
        isEnabledByDefault: true,
        "A key that ships with the code is everybody's key: signatures and TLS that rest on it prove nothing.",
        HelpLink("MLC1005"));

    internal static readonly DiagnosticDescriptor SecretFallback = new(
        "MLC1006",
        "Hard-coded fallback for a secret",
        "Where \"{0}\" is not configured, a constant takes its place; write: ?? throw new InvalidOperationException(\"{0} is not configured\")",
        Credentials,
        Warning,
        isEnabledByDefault: true,
        "A service that is not configured should not start. With the fallback it starts, and runs with a secret that everybody has.",
        HelpLink("MLC1006"));

    internal static readonly DiagnosticDescriptor ProcessSecret = new(
        "MLC1007",
        "Secret in an environment variable or command line set by code",
        "A constant secret goes into the {0}, which other processes can read; pass the name of a file that holds it, and leave the value out of the source",
        Credentials,
        Warning,
        isEnabledByDefault: true,
        "Child processes inherit the environment, every user of the machine can list command lines, and crash dumps hold both.",
        HelpLink("MLC1007"));

    internal static readonly DiagnosticDescriptor PossibleSecret = new(
        "MLC1008",
        "Possible secret in the source",
        "The random value of {0} may be a secret; if it is one, revoke it and read the new one at run time: \"{1}\" from configuration, which a mounted file /run/secrets/{2} sets (docs/runtime-secrets.md)",
        Credentials,
        Info,
        isEnabledByDefault: true,
        "Only the name and the randomness speak for it. The rule never fails a publish by default.",
        HelpLink("MLC1008"));

    internal static readonly DiagnosticDescriptor ProviderOptionsNotApplied = new(
        "MLC2001",
        "Execution-provider options are built but never applied",
        "The options in '{0}' are never applied: '{1}' is called with a device id and ignores them; call {1}({0})",
        Device,
        Warning,
        isEnabledByDefault: true,
        "The overload with a device id binds silently when the options object is left out, and then the memory limit, the device and every other option is the default.",
        HelpLink("MLC2001"));

    internal static readonly DiagnosticDescriptor UnknownProviderName = new(
        "MLC2002",
        "Execution-provider name that ONNX Runtime rejects",
        "ONNX Runtime does not know '{0}' by name and throws; call AppendExecutionProvider_{1} instead",
        Device,
        Warning,
        isEnabledByDefault: true,
        "Providers with a method of their own cannot be appended by name. Where the exception is caught the session runs on the CPU.",
        HelpLink("MLC2002"));

    internal static readonly DiagnosticDescriptor UselessMemoryLimit = new(
        "MLC2003",
        "GPU memory limit that limits nothing",
        "gpu_mem_limit = {0} sets no limit; give the number of bytes the arena may take, such as 4294967296 for 4 GiB",
        Device,
        Warning,
        isEnabledByDefault: true,
        "Zero means the default, which is no limit; negative and astronomic values come to the same.",
        HelpLink("MLC2003"));

    internal static readonly DiagnosticDescriptor MissingMemoryLimit = new(
        "MLC2004",
        "GPU provider without a memory limit",
        "The arena of this provider may take the whole GPU; set gpu_mem_limit (bytes) and arena_extend_strategy = kSameAsRequested in its options",
        Device,
        Info,
        isEnabledByDefault: true,
        "Without a limit the first session takes what it can of a shared device, and the next one fails.",
        HelpLink("MLC2004"));

    internal static readonly DiagnosticDescriptor SilentCpuFallback = new(
        "MLC2005",
        "Silent fallback to the CPU",
        "When the GPU is missing, '{0}' falls back to the CPU and nobody learns it; rethrow, log a warning, or report it in the health check",
        Device,
        Info,
        isEnabledByDefault: true,
        "A service that runs on the CPU unnoticed misses its deadlines and hides a broken node. To forbid the fallback of single nodes, set session.disable_cpu_ep_fallback to 1.",
        HelpLink("MLC2005"));

    internal static readonly DiagnosticDescriptor AllGpus = new(
        "MLC2006",
        "Every GPU or every driver capability is requested",
        "{0} asks for everything; ask for what the service needs: {1}",
        Device,
        Warning,
        isEnabledByDefault: true,
        "A container that sees every GPU can read and exhaust its neighbours' devices; more driver capabilities mount more of the host's driver.",
        HelpLink("MLC2006"));

    internal static readonly DiagnosticDescriptor ConflictingDeviceRequest = new(
        "MLC2007",
        "Device request that the daemon refuses",
        "A device request cannot have both Count and DeviceIDs: the daemon refuses it; keep one of them",
        Device,
        Warning,
        isEnabledByDefault: true,
        "Count asks for any so many devices, DeviceIDs for these.",
        HelpLink("MLC2007"));

    internal static readonly DiagnosticDescriptor PrivilegedContainer = new(
        "MLC2101",
        "Privileged container",
        "A privileged container is root on the host; remove it, and request the GPU instead (a device request, --gpus, or the nvidia.com/gpu limit)",
        Orchestration,
        Warning,
        isEnabledByDefault: true,
        "Privileged switches off every boundary between container and host. A GPU needs none of it.",
        HelpLink("MLC2101"));

    internal static readonly DiagnosticDescriptor RuntimeSocketMount = new(
        "MLC2102",
        "Container-runtime socket mounted into a container",
        "'{0}' inside a container is root on the host; leave the mount out",
        Orchestration,
        Warning,
        isEnabledByDefault: true,
        "Who can write to the runtime's socket can start a privileged container.",
        HelpLink("MLC2102"));

    internal static readonly DiagnosticDescriptor HostNamespace = new(
        "MLC2103",
        "Container shares a namespace of the host",
        "The container shares the host's {0} namespace; {1}",
        Orchestration,
        Warning,
        isEnabledByDefault: true,
        "Sharing a namespace removes the boundary that it is.",
        HelpLink("MLC2103"));

    internal static readonly DiagnosticDescriptor PlainDaemonEndpoint = new(
        "MLC2104",
        "Container daemon over plain tcp",
        "'{0}' reaches the daemon without TLS and client certificates: whoever else reaches it is root on that host; use https with certificates, or ssh",
        Orchestration,
        Warning,
        isEnabledByDefault: true,
        "The daemon has no other authentication than client certificates.",
        HelpLink("MLC2104"));

    internal static readonly DiagnosticDescriptor ContainerCommandText = new(
        "MLC2105",
        "Container command line built from text",
        "The command line of '{0}' is put together as text: '{1}' can add arguments of its own; use ArgumentList",
        Orchestration,
        Warning,
        isEnabledByDefault: true,
        "A value with a space in it becomes further arguments, a mount of the host's root among them.",
        HelpLink("MLC2105"));

    internal static readonly DiagnosticDescriptor EngineCacheDirectory = new(
        "MLC2201",
        "Engine cache in a directory that others can write",
        "'{0}' leads to {1}: a cached engine is native code to whoever loads it; use a directory that only this service can write",
        ModelLoading,
        Warning,
        isEnabledByDefault: true,
        "TensorRT does not detect a tampered engine when it loads one.",
        HelpLink("MLC2201"));

    internal static readonly DiagnosticDescriptor NativeLibraryPath = new(
        "MLC2202",
        "Native library from a path that others can write",
        "'{0}' loads native code from {1}; give an absolute path below AppContext.BaseDirectory",
        ModelLoading,
        Warning,
        isEnabledByDefault: true,
        "Who can put a file there runs code in this process.",
        HelpLink("MLC2202"));

    internal static readonly DiagnosticDescriptor UntrustedTorchScript = new(
        "MLC2203",
        "TorchScript loaded from an untrusted place",
        "TorchScript is a program, and this one {0}; compare its SHA-256 with a known one before loading, or load weights only",
        ModelLoading,
        Warning,
        isEnabledByDefault: true,
        "PyTorch asks to treat TorchScript from an unknown source as executable code from there.",
        HelpLink("MLC2203"));

    internal static readonly DiagnosticDescriptor UnverifiedModelDownload = new(
        "MLC2204",
        "Model downloaded without an integrity check",
        "The model is downloaded {0}; use https, and compare the SHA-256 of what arrived with a known one before loading it",
        ModelLoading,
        Warning,
        isEnabledByDefault: true,
        "Whoever controls the way or the host chooses the model.",
        HelpLink("MLC2204"));

    internal static readonly DiagnosticDescriptor CodeCapableModel = new(
        "MLC2205",
        "Model read by a format that can run code",
        "'{0}' {1}; use safetensors or ONNX, or compare the SHA-256 with a known one first",
        ModelLoading,
        Warning,
        isEnabledByDefault: true,
        "Reading such a model executes what its author wrote.",
        HelpLink("MLC2205"));

    private static string HelpLink(string id) =>
        $"https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/rules/{id}.md";
}
