using System.Reflection;

using MlContainerBuild.Checks.Images.Bases;

namespace MlContainerBuild.Checks.Tests.Images.Bases;

/// <summary>The SDK that has built these tests.</summary>
internal static class InstalledSdk
{
    public static string Directory { get; } = Metadata("SdkDirectory");

    public static string RuntimeIdentifierGraphPath { get; } = Metadata("RuntimeIdentifierGraphPath");

    public static RuntimeIdentifierGraph Graph { get; } =
        RuntimeIdentifierGraph.TryRead(RuntimeIdentifierGraphPath, out RuntimeIdentifierGraph? graph, out string? error) ? graph : throw new InvalidOperationException(error);

    private static string Metadata(string key) =>
        typeof(InstalledSdk).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
