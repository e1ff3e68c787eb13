using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>What is in the package decides what other people's compilers and builds load: the lists are exact.</summary>
public sealed class PackageContentTests
{
    [Fact]
    public async Task Package_HoldsExactlyTheseFiles()
    {
        using ZipArchive package = await OpenAsync();

        string[] files = [.. package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)];

        Assert.Equal(
            [
                "LICENSE",
                "MlContainerBuild.nuspec",
                "README.md",
                "analyzers/dotnet/cs/MlContainerBuild.Analyzers.dll",
                "analyzers/dotnet/cs/MlContainerBuild.CodeFixes.dll",
                "build/MlContainerBuild.Archive.targets",
                "build/MlContainerBuild.ModelLoader.targets",
                "build/MlContainerBuild.Models.targets",
                "build/MlContainerBuild.Payload.targets",
                "build/MlContainerBuild.Pin.targets",
                "build/MlContainerBuild.Publish.targets",
                "build/MlContainerBuild.props",
                "build/MlContainerBuild.targets",
                "buildMultiTargeting/MlContainerBuild.targets",
                "schemas/mlcontainer.schema.json",
                "tasks/net10.0-linux-x64/MlContainerBuild.Checks.dll",
                "tasks/net10.0-linux-x64/MlContainerBuild.Secrets.dll",
                "tasks/net10.0-linux-x64/MlContainerBuild.Tasks.dll",
                "tasks/net10.0-linux-x64/YamlDotNet.dll",
                "tasks/net10.0/MlContainerBuild.Checks.dll",
                "tasks/net10.0/MlContainerBuild.Secrets.dll",
                "tasks/net10.0/MlContainerBuild.Tasks.dll",
                "tasks/net10.0/YamlDotNet.dll",
            ],
            files);
    }

    // Both copies are the same program: a fix that reached only one of them would depend on the machine that builds.
    [Theory]
    [InlineData("MlContainerBuild.Tasks.dll")]
    [InlineData("MlContainerBuild.Checks.dll")]
    [InlineData("MlContainerBuild.Secrets.dll")]
    [InlineData("YamlDotNet.dll")]
    public async Task TaskAssembly_CompiledAheadOfTime_IsTheSameModule(string file)
    {
        using ZipArchive package = await OpenAsync();
        using PEReader portable = await ReadAsync(package, "tasks/net10.0/" + file);
        using PEReader native = await ReadAsync(package, "tasks/net10.0-linux-x64/" + file);

        Assert.Equal(ModuleVersion(portable), ModuleVersion(native));
        Assert.Equal(0, portable.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        Assert.NotEqual(0, native.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);

        static Guid ModuleVersion(PEReader assembly)
        {
            MetadataReader reader = assembly.GetMetadataReader();
            return reader.GetGuid(reader.GetModuleDefinition().Mvid);
        }
    }

    [Fact]
    public async Task Package_IsADevelopmentDependencyWithoutDependencies()
    {
        using ZipArchive package = await OpenAsync();
        using Stream stream = package.GetEntry("MlContainerBuild.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single();

        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Null(Value("dependencies"));

        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
    }

    // A dll that the host compiler does not carry, or carries in an earlier version, fails to load or takes the place of another
    // package's copy. These are what Roslyn 4.8 brings (the fixes: what the Workspaces of 4.14 bring).
    [Theory]
    [InlineData("MlContainerBuild.Analyzers.dll", "4.8.0.0")]
    [InlineData("MlContainerBuild.CodeFixes.dll", "4.14.0.0", "Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Composition.AttributedModel", "MlContainerBuild.Analyzers")]
    public async Task AnalyzerAssembly_ReferencesOnlyWhatTheCompilerCarries(string file, string roslyn, params string[] more)
    {
        string[] allowed = ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory", "System.Buffers", .. more];
        using ZipArchive package = await OpenAsync();
        using PEReader assembly = await ReadAsync(package, "analyzers/dotnet/cs/" + file);
        MetadataReader reader = assembly.GetMetadataReader();

        Dictionary<string, Version> references = reader.AssemblyReferences.Select(reader.GetAssemblyReference)
            .ToDictionary(reference => reader.GetString(reference.Name), reference => reference.Version);

        Assert.Empty(references.Keys.Except(allowed));
        Assert.All(references.Where(reference => reference.Key.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)), reference => Assert.True(reference.Value <= Version.Parse(roslyn), reference.ToString()));
        Assert.All(references.Where(reference => reference.Key == "System.Memory"), reference => Assert.True(reference.Value <= new Version(4, 0, 1, 2), reference.ToString()));
    }

    private static async Task<PEReader> ReadAsync(ZipArchive package, string name)
    {
        using Stream stream = package.GetEntry(name)!.Open();
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        copy.Position = 0;
        return new PEReader(copy);
    }

    private static async Task<ZipArchive> OpenAsync()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        return ZipFile.OpenRead(Directory.GetFiles(laboratory.Packages, "MlContainerBuild.*.nupkg").Single());
    }
}
