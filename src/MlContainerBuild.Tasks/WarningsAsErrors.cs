using Microsoft.Build.Framework;

namespace MlContainerBuild.Tasks;

/// <summary>Whether <c>-warnaserror</c> without codes is in force: every warning of the gate is then an error to the build.</summary>
internal static class WarningsAsErrors
{
    public static bool AreRequested(IBuildEngine engine) =>
        (engine is IBuildEngine8 engine8 && engine8.ShouldTreatWarningAsError("MLC3011")) || IsOnCommandLine(Environment.GetCommandLineArgs());

    // The engine denies it as soon as a project names codes of its own in WarningsAsErrors, and the SDK always does (NU1605).
    internal static bool IsOnCommandLine(IEnumerable<string> arguments) => arguments.Any(argument =>
        argument.TrimStart('-', '/') is { } name
        && name.Length < argument.Length
        && (name.Equals("warnaserror", StringComparison.OrdinalIgnoreCase) || name.Equals("err", StringComparison.OrdinalIgnoreCase)));
}
