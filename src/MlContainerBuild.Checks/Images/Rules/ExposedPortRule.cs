using System.Globalization;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3045, and MLC9008 for what the SDK would refuse as a port once it has fetched the base image, or publish although no
/// such port exists. A port of the base image cannot be taken back and is information.
/// </summary>
internal sealed class ExposedPortRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3045");

    // Ports that no application of its own listens on by chance.
    private static readonly Dictionary<int, string> ManagementPorts = new()
    {
        [22] = "SSH",
        [2375] = "the Docker daemon",
        [2376] = "the Docker daemon",
        [8265] = "Ray's dashboard, which runs any job it is sent",
        [9400] = "NVIDIA's DCGM exporter",
        [11434] = "Ollama, which has no authentication",
        [52323] = "dotnet-monitor, which hands out memory dumps",
    };

    // Ordinary ports (8000, 8081, 8888) that are management ports only where this server is in the base image.
    private static readonly (string BaseImage, int[] Ports, string Server)[] ServerPorts =
    [
        ("triton", [8000, 8001, 8002], "Triton, whose model control runs code"),
        ("torchserve", [8081, 8082], "TorchServe's management"),
        ("rayproject/", [10001], "Ray's client server, which runs any code it is sent"),
        ("jupyter", [8888], "Jupyter, which runs any code it is sent"),
    ];

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        foreach (Setting port in subject.Settings.Ports)
        {
            if (port.Source.IsOwn() && Malformed(subject, port) is { } malformed)
            {
                yield return malformed;
            }

            if (Number(port.Name) is { } number && Reason(subject, number) is var (why, fix))
            {
                yield return new Finding(
                    Rule,
                    $"{MessageText.Origin(port.Source)} exposes port {number}: {why}.",
                    port.Source is ValueSource.BaseImage ? "Nothing can take it back but another base image: do not publish the port where the container runs." : fix,
                    port.Source)
                {
                    Severity = port.Source is ValueSource.BaseImage ? Severity.Info : Rule.Severity,
                };
            }
        }
    }

    private static (string Why, string Fix)? Reason(ContainerSubject subject, int number)
    {
        if (ManagementPorts.GetValueOrDefault(number) is { } known)
        {
            return ($"it is that of {known}", "Remove the port; what manages the container belongs behind the cluster's own access control.");
        }

        string repository = ImageReference.TryParse(subject.Intent.BaseImage.Value, out ImageReference? image, out _) ? image.Repository : "";
        foreach ((string name, int[] ports, string server) in ServerPorts)
        {
            if (ports.Contains(number) && repository.Contains(name, StringComparison.Ordinal))
            {
                return ($"on this base image it is that of {server}", "Expose only the application's own port, and reach the server over localhost.");
            }
        }

        return number < 1024 && !subject.TargetsWindows
            ? ("below 1024 a process without root and capabilities can listen only where the container runtime allows it, as Docker does and many Kubernetes nodes do not", Unprivileged(number))
            : null;
    }

    private static string Unprivileged(int number) => number switch
    {
        80 => $"""Listen on 8080: <ContainerPort Include="8080" Type="tcp" /> and {MessageText.Variable("ASPNETCORE_HTTP_PORTS", "8080")}; map 80 to it outside the container.""",
        443 => $"""Listen on 8443: <ContainerPort Include="8443" Type="tcp" /> and {MessageText.Variable("ASPNETCORE_HTTPS_PORTS", "8443")}; map 443 to it outside the container.""",
        _ => "Listen on a port above 1023 and map it outside the container.",
    };

    // The SDK takes an integer and `tcp` or `udp`, in lower case (tried with SDK 10.0.401).
    private static Finding? Malformed(ContainerSubject subject, Setting port)
    {
        bool isReportedByMultiPlatformRule = subject.Intent.IsMultiPlatform && MultiPlatformDamageRule.IsDamaged(port);
        if (isReportedByMultiPlatformRule
            || (int.TryParse(port.Name, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 65535 && port.Value is "" or "tcp" or "udp"))
        {
            return null;
        }

        return new Finding(
            RuleCatalog.Get("MLC9008"),
            $"ContainerPort {MessageText.Quote(port.Value.Length == 0 ? port.Name : $"{port.Name}, Type {port.Value}")} is not a port: Include takes one number from 1 to 65535, Type tcp or udp.",
            """Write one item for each port, such as <ContainerPort Include="8080" Type="tcp" />.""",
            port.Source);
    }

    // `80`, ` 80 ` and the `80/tcp` that people try; of anything else no number is known.
    private static int? Number(string name)
    {
        ReadOnlySpan<char> digits = name.AsSpan().Trim();
        int slash = digits.IndexOf('/');
        return int.TryParse(slash < 0 ? digits : digits[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 65535
            ? number
            : null;
    }
}
