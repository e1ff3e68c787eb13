using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports;

/// <summary>Reports as they come out of real publishes, for the tests of every writer.</summary>
internal static class SampleReports
{
    public const string Root = "/src/shop";
    public const string Project = "/src/shop/services/Iris.Api/Iris.Api.csproj";
    public static readonly string IndexDigest = Digest('a');
    public static readonly string BaseIndexDigest = Digest('b');

    private static readonly ValueSource UserProperty = new ValueSource.Property("ContainerUser");
    private static readonly string BaseReference = $"mcr.microsoft.com/dotnet/aspnet:10.0@{BaseIndexDigest}";

    /// <summary>An image of two platforms, published, with a warning left and one exception used.</summary>
    public static PublishReport Published { get; } = new()
    {
        ProjectPath = Project,
        RepositoryRoot = Root,
        PackageVersion = "0.1.0",
        Time = new DateTimeOffset(2026, 11, 21, 22, 13, 7, TimeSpan.FromHours(1)),
        Policy = Policy.Default with { Path = Root + "/mlcontainer.yaml", Digest = Digest('c') },
        IsBaseImageInspected = true,
        Checked = ["image settings by 19 rules", "C# of 2 of 2 assemblies", "payload of 2 platforms"],
        Rules = RuleCatalog.All,
        SarifPath = "/src/shop/services/Iris.Api/obj/Release/net10.0/mlcontainer/report.sarif",
        Destination = "registry.example/shop/iris-api",
        BaseImage = new BaseImage(BaseReference, BaseIndexDigest, new DateTimeOffset(2026, 11, 10, 4, 0, 0, TimeSpan.Zero)),
        Images = [new PublishedImage("registry.example/shop/iris-api", ["1.4.0", "1.4"], IndexDigest)],
        Platforms = [Platform("linux-x64", "linux/amd64", 'd'), Platform("linux-arm64", "linux/arm64", 'e')],
        Models = [new ReportedModel("models/iris.onnx", new string('9', 64)) { Format = "ONNX", Size = 195 }, new ReportedModel("models/embedding.gguf", IsMounted: true)],
        Findings =
        [
            Find("MLC3043", "The tag '1.4' moves with every release, so a node that pulls it again may get another image.", "Deploy by digest, or publish a tag that is used once.", new ValueSource.Property("ContainerImageTag"), Project, 22),
            Find("MLC3045", "The port 80/tcp is privileged: binding it needs a capability that a hardened container does not have.", "Listen on a port above 1023: <ContainerPort Include=\"8080\" Type=\"tcp\" />.", new ValueSource.Item("ContainerPort", "80"), Project, 31),
            Find("MLC3020", "The base image 'mcr.microsoft.com/dotnet/aspnet:10.0' (step 3 of 9) sets the variable 'LICENSE_KEY' to a secret (key or token).", "Have whoever builds the base image revoke and remove it.", new ValueSource.BaseImage(BaseReference, "step 3 of 9 (ENV LICENSE_KEY)"), Project, 9)
                with { Suppression = new Suppression(SuppressionKind.External, "Public evaluation key of the vendor, PLAT-812") { Expires = new DateOnly(2027, 1, 31) } },
        ],
    };

    /// <summary>The same, and nothing to say about it.</summary>
    public static PublishReport Clean { get; } = Published with { Findings = [], Models = [], Policy = Policy.Default };

    /// <summary>Stopped before the base image was read: errors of several subjects, all with fixes.</summary>
    public static PublishReport Stopped { get; } = Published with
    {
        Images = [],
        Models = [],
        BaseImage = new BaseImage("nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04"),
        Platforms = [new PlatformImage { RuntimeIdentifier = "linux-x64", Settings = Intent, Payload = Payload }],
        IsBaseImageInspected = false,
        Checked = ["image settings by 19 rules", "C# of 2 of 2 assemblies"],
        Findings =
        [
            Find("MLC3001", "The base image 'nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04' is not pinned to a digest: its tag can be moved, and then another image ships under the same project file.", $"Run: dotnet build \"{Project}\" -t:MlContainerPin", new ValueSource.Property("ContainerBaseImage"), Project, 12),
            Find("MLC3010", "The project sets ContainerUser to 'root': the application, and whoever takes it over, is root in the container.", "Set <ContainerUser>1654:1654</ContainerUser>; the base image need not know the number.", UserProperty, Project, 14),
            Find("MLC3020", "The project sets the variable 'HF_TOKEN' to a secret (Hugging Face user token, hf_…): everyone who can pull the image can read it.", "Delete that item, revoke the secret, mount the new one as a file at run time and read it with builder.Configuration.AddKeyPerFile(\"/run/secrets\", optional: true)", new ValueSource.Item("ContainerEnvironmentVariable", "HF_TOKEN", "Value"), "/src/shop/Directory.Build.props", 7),
            Find("MLC3030", "The project sets NVIDIA_VISIBLE_DEVICES to 'all': every GPU of the node is opened to this container, whatever the scheduler gave it.", "Set <ContainerEnvironmentVariable Include=\"NVIDIA_VISIBLE_DEVICES\" Value=\"void\" />.", new ValueSource.Item("ContainerEnvironmentVariable", "NVIDIA_VISIBLE_DEVICES", "Value"), Project, 27),
            Find("MLC3031", "The project sets NVIDIA_DRIVER_CAPABILITIES to 'all'.", "Set <ContainerEnvironmentVariable Include=\"NVIDIA_DRIVER_CAPABILITIES\" Value=\"compute,utility\" />.", new ValueSource.Item("ContainerEnvironmentVariable", "NVIDIA_DRIVER_CAPABILITIES", "Value"), Project, 28)
                with { RuntimeIdentifier = "linux-x64" },
            new Finding(new Rule("MLC2001", "Execution-provider options are built but never applied", Severity.Warning), "The options in 'cuda' limit the GPU memory, but 'AppendExecutionProvider_CUDA(0)' does not get them, so the session takes what the device has.", "Call AppendExecutionProvider_CUDA(cuda) instead.", new ValueSource.File(new SourceSpan("/src/shop/services/Iris.Api/Inference/IrisSession.cs", 41, 13))),
            Find("MLC9009", "The referenced project 'Shop.Legacy' is not analysed, because it does not use this package.", "Add the package to it, or accept that its C# is not checked.", new ValueSource.File(new SourceSpan("/src/shop/libs/Shop.Legacy/Shop.Legacy.vbproj")), "/src/shop/libs/Shop.Legacy/Shop.Legacy.vbproj", 0),
        ],
    };

    public static string Digest(char digit) => "sha256:" + new string(digit, 64);

    public static Finding Find(string rule, string message, string fix, ValueSource source, string path, int line) =>
        new(RuleCatalog.Get(rule), message, fix, source) { Span = new SourceSpan(path, line, line == 0 ? 0 : 5) };

    private static PayloadInventory Payload => new()
    {
        FileCount = 214,
        Size = 612_480_000,
        Shares =
        [
            new PayloadShare(PayloadFileKind.Model, 3, 402_700_000),
            new PayloadShare(PayloadFileKind.NativeLibrary, 9, 174_300_000),
            new PayloadShare(PayloadFileKind.Assembly, 188, 34_100_000),
            new PayloadShare(PayloadFileKind.Other, 14, 1_380_000),
        ],
        LargestFiles =
        [
            new PayloadFile("models/embedding.safetensors", 391_200_000),
            new PayloadFile("runtimes/linux-x64/native/libonnxruntime_providers_cuda.so", 131_000_000),
            new PayloadFile("runtimes/linux-x64/native/libonnxruntime.so", 21_900_000),
            new PayloadFile("models/reranker.onnx", 11_400_000),
            new PayloadFile("Microsoft.ML.Tokenizers.Data.O200kBase.dll", 2_900_000),
            new PayloadFile("models/iris.onnx", 100_000),
            new PayloadFile("appsettings.json", 1_204),
        ],
    };

    private static ImageSettings Intent => new()
    {
        User = new Setting("ContainerUser", "root", UserProperty),
        Command = [new Setting("0", "dotnet", ValueSource.Sdk.Instance), new Setting("1", "/app/Iris.Api.dll", ValueSource.Sdk.Instance)],
        Environment =
        [
            new Setting("HF_TOKEN", "hf_" + new string('a', 17) + new string('b', 17), new ValueSource.Item("ContainerEnvironmentVariable", "HF_TOKEN", "Value")),
            new Setting("NVIDIA_VISIBLE_DEVICES", "all", new ValueSource.Item("ContainerEnvironmentVariable", "NVIDIA_VISIBLE_DEVICES", "Value")),
        ],
        Labels = [new Setting("org.opencontainers.image.title", "Iris API", ValueSource.Sdk.Instance)],
    };

    private static PlatformImage Platform(string runtimeIdentifier, string platform, char digit) => new()
    {
        RuntimeIdentifier = runtimeIdentifier,
        Platform = platform,
        IsEffective = true,
        BaseDigest = Digest((char)(digit - 'a' + '1')),
        Digest = Digest(digit),
        Created = new DateTimeOffset(2026, 11, 21, 21, 13, 1, TimeSpan.Zero),
        Settings = Effective(runtimeIdentifier),
        BaseLayers =
        [
            new ImageLayer(Digest('1'), 28_400_000, "/bin/sh -c #(nop) ADD file:4d36 in /"),
            new ImageLayer(Digest('2'), 16_900_000, "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends ca-certificates libc6 libgcc-s1 libssl3t64 tzdata"),
            new ImageLayer(Digest('3'), 3_400, "RUN /bin/sh -c groupadd --gid=$APP_UID app && useradd --no-log-init --uid=$APP_UID"),
            new ImageLayer(Digest('4'), 31_800_000, "COPY /dotnet /usr/share/dotnet"),
            new ImageLayer(Digest('5'), 11_200_000, "COPY /shared/Microsoft.AspNetCore.App /usr/share/dotnet/shared"),
        ],
        ApplicationLayer = new ImageLayer(Digest('6'), 438_100_000),
        Payload = Payload,
    };

    private static ImageSettings Effective(string runtimeIdentifier)
    {
        var fromBase = new ValueSource.BaseImage(BaseReference, "step 4 of 9 (ENV APP_UID)");
        var sdk = ValueSource.Sdk.Instance;
        return new ImageSettings
        {
            User = new Setting("USER", "1654", fromBase),
            WorkingDirectory = new Setting("WORKDIR", "/app", sdk),
            Command = [new Setting("0", "dotnet", sdk), new Setting("1", "/app/Iris.Api.dll", sdk), new Setting("2", "--warm up", new ValueSource.Item("ContainerDefaultArgs", "--warm up"))],
            Ports = [new Setting("8080", "tcp", sdk)],
            Environment =
            [
                new Setting("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", new ValueSource.BaseImage(BaseReference)),
                new Setting("APP_UID", "1654", fromBase),
                new Setting("ASPNETCORE_HTTP_PORTS", "8080", new ValueSource.BaseImage(BaseReference, "step 5 of 9 (ENV ASPNETCORE_HTTP_PORTS)")),
                new Setting("DOTNET_EnableDiagnostics", "0", new ValueSource.Item("ContainerEnvironmentVariable", "DOTNET_EnableDiagnostics", "Value")),
                new Setting("ONNX_THREADS", runtimeIdentifier == "linux-x64" ? "8" : "4", new ValueSource.Item("ContainerEnvironmentVariable", "ONNX_THREADS", "Value")),
                new Setting("REGISTRY_PASSWORD", "changeme", new ValueSource.Item("ContainerEnvironmentVariable", "REGISTRY_PASSWORD", "Value")),
                new Setting("HTTP_PROXY", "", new ValueSource.Item("ContainerEnvironmentVariable", "HTTP_PROXY", "Value")),
            ],
            Labels =
            [
                new Setting("org.opencontainers.image.base.name", "mcr.microsoft.com/dotnet/aspnet:10.0", sdk),
                new Setting("org.opencontainers.image.base.digest", Digest('f'), sdk),
                new Setting("org.opencontainers.image.created", "2026-11-21T21:13:01.0000000Z", sdk),
                new Setting("org.opencontainers.image.title", "Iris API", new ValueSource.Property("Title")),
                new Setting("com.example.owner", "team-ml", new ValueSource.Item("ContainerLabel", "com.example.owner", "Value")),
            ],
        };
    }
}
