using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace MlContainerBuild.Analyzers.Tests.Verification;

/// <summary>The reference assemblies of .NET and ASP.NET Core in the SDK that runs the tests.</summary>
internal static class DotNetReferences
{
    public static IReadOnlyList<MetadataReference> All { get; } =
        [.. new[] { "Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref" }.SelectMany(ReadPack)];

    private static IEnumerable<MetadataReference> ReadPack(string pack)
    {
        // …/shared/Microsoft.NETCore.App/10.0.x/ is the running framework; the packs are its SDK's.
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string versions = Path.Combine(dotnet, "packs", pack);
        string newest = Directory.GetDirectories(versions, $"{Environment.Version.Major}.*")
            .OrderBy(path => Version.TryParse(Path.GetFileName(path), out Version? version) ? version : new Version())
            .Last();

        return Directory.GetFiles(Path.Combine(newest, "ref", $"net{Environment.Version.Major}.0"), "*.dll")
            .Select(file => MetadataReference.CreateFromFile(file));
    }
}
