using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3035. A client of MPS (<c>CUDA_MPS_PIPE_DIRECTORY</c>, <c>CUDA_MPS_ACTIVE_THREAD_PERCENTAGE</c>) administrates nothing and is
/// silent; so are the values with which the toolkit grants nothing.
/// </summary>
internal sealed class GpuPartitionAdministrationRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3035");

    private static readonly (string Variable, string Why)[] Variables =
    [
        ("NVIDIA_MIG_CONFIG_DEVICES", "asks to change the MIG partitions of the host's GPUs; the NVIDIA container toolkit refuses to start it unless it is privileged"),
        ("NVIDIA_MIG_MONITOR_DEVICES", "asks to watch the MIG partitions of all tenants; the NVIDIA container toolkit refuses to start it unless it is privileged"),
        ("NVIDIA_IMEX_CHANNELS", "asks for memory channels between hosts, which the cluster assigns to a workload and no image can know"),
    ];

    private static readonly string[] Daemons = ["nvidia-cuda-mps-control", "nvidia-cuda-mps-server", "nvidia-imex"];

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        foreach ((string name, string why) in Variables)
        {
            if (subject.Settings.Variable(name) is { } variable && variable.Value.Trim() is not ("" or "void" or "none"))
            {
                string fix = variable.Source.IsOwn() ? "Delete that item." : MessageText.SetVariable(variable, "");
                yield return new Finding(Rule, $"{MessageText.Origin(variable.Source)} sets {name}: the image {why}.", fix, variable.Source);
            }
        }

        foreach (Setting argument in subject.Command)
        {
            if (AdministrationProgram(argument.Value) is { } program)
            {
                yield return new Finding(
                    Rule,
                    $"The image starts {program}, which administrates the GPUs of its host for every tenant.",
                    "Leave that to the node (the GPU operator, the MPS control daemon of the device plugin) and start only the application.",
                    argument.Source);
            }
        }
    }

    // Also as one word of a shell command.
    private static string? AdministrationProgram(string argument)
    {
        if (argument.IndexOf("nvidia-", StringComparison.Ordinal) < 0)
        {
            return null;
        }

        string[] words = argument.Split([' ', '\t', '\n', ';', '&', '|', '(', ')', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        return Daemons.FirstOrDefault(daemon => words.Any(word => word[(word.LastIndexOf('/') + 1)..] == daemon));
    }
}
