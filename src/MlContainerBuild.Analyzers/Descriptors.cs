using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace MlContainerBuild.Analyzers;

/// <summary>
/// Every C# rule, in the order of the documentation. No descriptor is an Error: an analyzer's error would fail
/// <c>dotnet build</c>, and what must not ship is stopped at publish (see <see cref="PublishSeverity"/>).
/// </summary>
internal static class Descriptors
{
    private const string Device = "Device";

    internal static readonly DiagnosticDescriptor ProviderOptionsNotApplied = new(
        "MLC2001",
        "Execution-provider options are built but never applied",
        "The options in '{0}' are never applied: '{1}' is called with a device id and ignores them; call {1}({0})",
        Device,
        Warning,
        isEnabledByDefault: true,
        "The overload with a device id binds silently when the options object is left out, and then the memory limit, the device and every other option is the default.",
        HelpLink("MLC2001"));

    private static string HelpLink(string id) =>
        $"https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/rules/{id}.md";
}
