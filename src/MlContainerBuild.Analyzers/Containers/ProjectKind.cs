using Microsoft.CodeAnalysis;

namespace MlContainerBuild.Analyzers.Containers;

/// <summary>What a compilation is for. What a production service must not do may be right in a test or on a desk.</summary>
internal static class ProjectKind
{
    private static readonly string[] TestAttributes =
    [
        "Xunit.FactAttribute",
        "NUnit.Framework.TestAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute",
        "TUnit.Core.TestAttribute",
    ];

    /// <summary>
    /// An application, and neither tests nor an Aspire AppHost, which orchestrates containers on a developer's machine. A
    /// library does not know where it will run.
    /// </summary>
    internal static bool IsDeployedApplication(Compilation compilation) =>
        compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication
        && compilation.GetTypeByMetadataName("Aspire.Hosting.DistributedApplication") is null
        && !IsTest(compilation);

    internal static bool IsTest(Compilation compilation) =>
        TestAttributes.Any(attribute => compilation.GetTypeByMetadataName(attribute) is not null);

    /// <summary>The rule's own severity in a deployed application, Info elsewhere.</summary>
    internal static DiagnosticSeverity SeverityIn(Compilation compilation, DiagnosticDescriptor rule) =>
        IsDeployedApplication(compilation) ? rule.DefaultSeverity : DiagnosticSeverity.Info;

    /// <summary>The rule's own severity, Info in tests, which start containers on a machine that is there for that.</summary>
    internal static DiagnosticSeverity SeverityOutsideTests(Compilation compilation, DiagnosticDescriptor rule) =>
        IsTest(compilation) ? DiagnosticSeverity.Info : rule.DefaultSeverity;
}
