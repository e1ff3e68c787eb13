using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports;

/// <summary>A publish of <c>/repo/src/My Api/Api.csproj</c>.</summary>
internal static class MadeReport
{
    public const string ProjectPath = "/repo/src/My Api/Api.csproj";

    public static PublishReport Of(params ImmutableArray<Finding> findings) => new()
    {
        ProjectPath = ProjectPath,
        RepositoryRoot = "/repo",
        PackageVersion = "0.1.0",
        Findings = findings,
        Checked = ["container settings by 19 rules", "C# of 1 of 1 assemblies"],
        Rules = [RuleCatalog.Get("MLC3001"), RuleCatalog.Get("MLC3010"), RuleCatalog.Get("MLC3043")],
        SarifPath = "/repo/src/My Api/obj/report.sarif",
    };

    public static Finding Root(int line = 7) => new(RuleCatalog.Get("MLC3010"), "The image runs as root.", "Set it.", new ValueSource.Property("ContainerUser"))
    {
        Span = new SourceSpan(ProjectPath, line, 20, line, 24),
    };

    public static Finding Floating() => new(RuleCatalog.Get("MLC3043"), "The tag floats.", "", ValueSource.Sdk.Instance);

    public static Finding CSharp(int line = 4) => new(
        new Rule("MLC2001", "Options are not applied", Severity.Warning), "The options are built but never applied.", "", new ValueSource.File(new SourceSpan("/repo/src/My Api/Program.cs", line, 7, line, 11)));
}
