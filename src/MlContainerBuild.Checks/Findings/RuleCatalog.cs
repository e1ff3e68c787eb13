using System.Collections.Frozen;
using System.Collections.Immutable;

using static MlContainerBuild.Checks.Findings.Severity;

namespace MlContainerBuild.Checks.Findings;

/// <summary>
/// Every rule that is not C# analysis, in the order of the documentation. A rule is a row here, a file that implements
/// it, its tests and its page under docs/rules; a test fails while one of them is missing.
/// </summary>
public static class RuleCatalog
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new("MLC3001", "Base image is not pinned to a digest", Error),
        new("MLC3002", "Base image comes from a registry the policy does not allow", Error),
        new("MLC3003", "Base image content does not match its digest", Error),
        new("MLC3004", "Base image is for another platform", Error),
        new("MLC3005", "Base image is older than the policy allows", Warning),
        new("MLC3006", "Pinned digest is no longer what the tag points to", Info),
        new("MLC3010", "Image runs as root", Error),
        new("MLC3011", "Container user is a name", Warning),
        new("MLC3012", "Container user without a group makes the application's files writable", Warning),
        new("MLC3020", "Secret in an environment variable of the image", Error),
        new("MLC3021", "Secret in a label of the image", Error),
        new("MLC3022", "Secret in a published file", Error),
        new("MLC3023", "Credential file is published", Error),
        new("MLC3024", "Development leftovers are published", Warning),
        new("MLC3025", "Secret in the entrypoint, command or their arguments", Error),
        new("MLC3030", "Image asks for every GPU", Warning),
        new("MLC3031", "Image asks for all driver capabilities", Warning),
        new("MLC3032", "Driver requirement checks are disabled", Warning),
        new("MLC3033", "Library injected into every process", Error),
        new("MLC3034", "Library search path with an empty or relative element", Warning),
        new("MLC3035", "GPU partition administration from an application image", Warning),
        new("MLC3040", "Value that a publish for several platforms would damage", Info),
        new("MLC3041", "Archive and registry are both set: the registry is not pushed", Error),
        new("MLC3042", "Published image is not the one that was checked", Error),
        new("MLC3043", "Floating image tag", Info),
        new("MLC3044", "Publish was meant to produce a container and produced none", Warning),
        new("MLC3045", "Exposed port is privileged or a management port", Warning),
        new("MLC3050", "Model weights are baked into the image", Info),
        new("MLC3051", "Model is not the declared one", Error),
        new("MLC3052", "Model can run code when it is loaded", Warning),
        new("MLC3053", "Model takes weights from outside its directory", Error),
        new("MLC3054", "Secret in the metadata of a model", Error),
        new("MLC3055", "Remote code or an unpinned model at run time", Warning),
        new("MLC9001", "Policy file is invalid", Error),
        new("MLC9002", "Exception has expired", Error),
        new("MLC9003", "Exception is unused or has no reason", Warning),
        new("MLC9005", "C# analysis did not run or cannot be attested", Error),
        new("MLC9006", "The gate cannot run, or did not run", Error),
        new("MLC9007", "Registry could not be read", Error),
        new("MLC9008", "Unknown value of a property", Error),
        new("MLC9009", "Something was skipped or silenced", Info),
    ];

    private static readonly FrozenDictionary<string, Rule> ById = All.ToFrozenDictionary(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>The row of an id that the code itself names.</summary>
    /// <exception cref="KeyNotFoundException">The id has no row: a defect of ours, found by the tests.</exception>
    public static Rule Get(string id) => ById[id];

    public static bool TryGet(string id, out Rule rule) => ById.TryGetValue(id, out rule!);
}
