using System.Collections.Immutable;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>What this assembly knows of the C# rules; a test beside the analyzers compares it with them.</summary>
public static class CSharpRules
{
    /// <summary>Every id the analyzers can report, in order.</summary>
    public static ImmutableArray<string> Ids { get; } = ["MLC2001"];

    /// <summary>
    /// The key under which a diagnostic carries its severity at publish (<c>error</c>, <c>warning</c> or <c>info</c>):
    /// in the build it is a warning, because an error would stop <c>dotnet build</c>.
    /// </summary>
    public const string PublishSeverityProperty = "publishSeverity";
}
