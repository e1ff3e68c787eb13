namespace MlContainerBuild.Checks.Findings;

/// <summary>
/// Which recommendations of published catalogues a rule about the image gives evidence for. A rule is no proof that a control
/// is met; where no recommendation speaks of what a rule checks, its entry is empty on purpose.
/// </summary>
/// <remarks>
/// CIS Docker Benchmark 1.6.0, sections 4 (images) and 5 (runtime), whose numbers differ between versions; NIST SP 800-190
/// (September 2017), the countermeasures of section 4.
/// </remarks>
public static class RuleControls
{
    private static readonly Control User = Cis("4.1", "Ensure that a user for the container has been created");
    private static readonly Control TrustedBase = Cis("4.2", "Ensure that containers use only trusted base images");
    private static readonly Control Rebuilt = Cis("4.4", "Ensure images are scanned and rebuilt to include security patches");
    private static readonly Control NoSecrets = Cis("4.10", "Ensure secrets are not stored in Dockerfiles");
    private static readonly Control PrivilegedPorts = Cis("5.8", "Ensure privileged ports are not mapped within containers");
    private static readonly Control NeededPorts = Cis("5.9", "Ensure that only needed ports are open on the container");
    private static readonly Control Devices = Cis("5.18", "Ensure that host devices are not directly exposed to containers");

    private static readonly Control Vulnerabilities = Nist("4.1.1", "Image vulnerabilities");
    private static readonly Control Configuration = Nist("4.1.2", "Image configuration defects");
    private static readonly Control Malware = Nist("4.1.3", "Embedded malware");
    private static readonly Control ClearTextSecrets = Nist("4.1.4", "Embedded clear text secrets");
    private static readonly Control UntrustedImages = Nist("4.1.5", "Use of untrusted images");
    private static readonly Control StaleImages = Nist("4.2.2", "Stale images in registries");
    private static readonly Control RuntimeConfiguration = Nist("4.4.3", "Insecure container runtime configurations");
    private static readonly Control Application = Nist("4.4.4", "App vulnerabilities");

    private static readonly Dictionary<string, Control[]> ByRule = new(StringComparer.Ordinal)
    {
        ["MLC3001"] = [TrustedBase, UntrustedImages, StaleImages],
        ["MLC3002"] = [TrustedBase, UntrustedImages],
        ["MLC3003"] = [TrustedBase, UntrustedImages],
        ["MLC3004"] = [],
        ["MLC3005"] = [Rebuilt, Vulnerabilities, StaleImages],
        ["MLC3006"] = [Rebuilt, Vulnerabilities, StaleImages],
        ["MLC3010"] = [User, Configuration],
        ["MLC3011"] = [User, Configuration],
        ["MLC3012"] = [Application],
        ["MLC3020"] = [NoSecrets, ClearTextSecrets],
        ["MLC3021"] = [NoSecrets, ClearTextSecrets],
        ["MLC3022"] = [NoSecrets, ClearTextSecrets],
        ["MLC3023"] = [NoSecrets, ClearTextSecrets],
        ["MLC3024"] = [],
        ["MLC3025"] = [NoSecrets, ClearTextSecrets],
        ["MLC3030"] = [Devices, RuntimeConfiguration],
        ["MLC3031"] = [Devices, RuntimeConfiguration],
        ["MLC3032"] = [RuntimeConfiguration],
        ["MLC3033"] = [Configuration],
        ["MLC3034"] = [Configuration],
        ["MLC3035"] = [Devices, RuntimeConfiguration],
        ["MLC3040"] = [],
        ["MLC3041"] = [],
        ["MLC3042"] = [UntrustedImages],
        ["MLC3043"] = [StaleImages],
        ["MLC3044"] = [],
        ["MLC3045"] = [PrivilegedPorts, NeededPorts],
        ["MLC3050"] = [],
        ["MLC3051"] = [],
        ["MLC3052"] = [Malware],
        ["MLC3053"] = [],
        ["MLC3054"] = [NoSecrets, ClearTextSecrets],
        ["MLC3055"] = [],
    };

    /// <summary>The controls of a rule, CIS before NIST; empty when there is none, or when the rule is of another family.</summary>
    public static IReadOnlyList<Control> For(string ruleId) => ByRule.GetValueOrDefault(ruleId, []);

    /// <summary>Whether somebody has thought about the rule.</summary>
    internal static bool Knows(string ruleId) => ByRule.ContainsKey(ruleId);

    private static Control Cis(string id, string title) => new(ControlCatalog.CisDocker, id, title);

    private static Control Nist(string id, string title) => new(ControlCatalog.Nist800190, id, title);
}

/// <summary>One recommendation of a catalogue.</summary>
/// <param name="Title">As the catalogue has it.</param>
public sealed record Control(ControlCatalog Catalog, string Id, string Title);

/// <summary>Who recommends.</summary>
public enum ControlCatalog
{
    /// <summary>CIS Docker Benchmark 1.6.0.</summary>
    CisDocker,

    /// <summary>NIST SP 800-190, Application Container Security Guide, September 2017.</summary>
    Nist800190,
}
