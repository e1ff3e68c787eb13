using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3030, as the NVIDIA container toolkit reads the request. An inherited one is information: every CUDA base makes it.
/// </summary>
internal sealed class AllGpusRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3030");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.Settings.Variable("NVIDIA_VISIBLE_DEVICES") is { } devices)
        {
            return AsksForAll(devices.Value)
                ? [Found(devices.Source, $"{MessageText.Origin(devices.Source)} sets NVIDIA_VISIBLE_DEVICES to {MessageText.Quote(devices.Value)}: where the NVIDIA runtime is the default, the container gets every GPU of its host, whoever else was given them.", MessageText.SetVariable(devices, "void"))]
                : [];
        }

        // Before the base image is known, it may still set what is missing here.
        return subject.IsEffective && LegacyCudaVersion(subject.Settings) is { } version
            ? [Found(version.Source, $"{MessageText.Origin(version.Source)} sets CUDA_VERSION and nothing sets NVIDIA_REQUIRE_CUDA: the NVIDIA container toolkit takes this for an image from before 2017 and gives it every GPU of its host.", $"Say what it needs in the project: {MessageText.Variable("NVIDIA_VISIBLE_DEVICES", "void")}.")]
            : [];
    }

    // https://github.com/NVIDIA/nvidia-container-toolkit, internal/config/image: the list is split at commas and trimmed; void
    // anywhere wins; of all and none the first does. Both are case-sensitive.
    private static bool AsksForAll(string value)
    {
        string[] devices = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return !devices.Contains("void") && devices.FirstOrDefault(device => device is "all" or "none") == "all";
    }

    private static Setting? LegacyCudaVersion(ImageSettings settings) =>
        settings.Variable("NVIDIA_REQUIRE_CUDA") is { Value.Length: > 0 } ? null
        : settings.Variable("CUDA_VERSION") is { Value.Length: > 0 } version ? version
        : null;

    private Finding Found(ValueSource source, string message, string fix) =>
        new(Rule, message, fix + " What the container is given at its start (docker run --gpus device=0, nvidia.com/gpu limits) still counts.", source)
        {
            Severity = source.IsOwn() ? Rule.Severity : Severity.Info,
        };
}
