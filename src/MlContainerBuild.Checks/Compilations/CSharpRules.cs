using System.Collections.Immutable;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>What this assembly knows of the C# rules; a test beside the analyzers compares it with them.</summary>
public static class CSharpRules
{
    /// <summary>Every id the analyzers can report, in order.</summary>
    public static ImmutableArray<string> Ids { get; } =
    [
        "MLC1001", "MLC1002", "MLC1003", "MLC1004", "MLC1005", "MLC1006", "MLC1007", "MLC1008",
        "MLC2001", "MLC2002", "MLC2003", "MLC2004", "MLC2005", "MLC2006", "MLC2007",
        "MLC2101", "MLC2102", "MLC2103", "MLC2104", "MLC2105",
        "MLC2201", "MLC2202", "MLC2203", "MLC2204", "MLC2205",
    ];

    /// <summary>
    /// The key under which a diagnostic carries its severity at publish (<c>error</c>, <c>warning</c> or <c>info</c>):
    /// in the build it is a warning, because an error would stop <c>dotnet build</c>.
    /// </summary>
    public const string PublishSeverityProperty = "publishSeverity";
}
