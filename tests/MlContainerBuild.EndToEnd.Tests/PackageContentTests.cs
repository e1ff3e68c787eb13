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
                "build/MlContainerBuild.Publish.targets",
                "build/MlContainerBuild.props",
                "build/MlContainerBuild.targets",
                "schemas/mlcontainer.schema.json",
                "tasks/net10.0/MlContainerBuild.Checks.dll",
                "tasks/net10.0/MlContainerBuild.Secrets.dll",
                "tasks/net10.0/MlContainerBuild.Tasks.dll",
                "tasks/net10.0/YamlDotNet.dll",
            ],
            files);
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

    // A dll that the host compiler does not carry fails to load, or takes the place of another package's copy.
    [Theory]
    [InlineData("analyzers/dotnet/cs/MlContainerBuild.Analyzers.dll", "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory")]
    [InlineData("analyzers/dotnet/cs/MlContainerBuild.CodeFixes.dll", "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Collections.Immutable", "System.Composition.AttributedModel", "MlContainerBuild.Analyzers")]
    public async Task AnalyzerAssembly_ReferencesOnlyWhatTheCompilerCarries(string path, params string[] allowed)
    {
        using ZipArchive package = await OpenAsync();
        using Stream stream = package.GetEntry(path)!.Open();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        copy.Position = 0;
        using var assembly = new PEReader(copy);
        MetadataReader reader = assembly.GetMetadataReader();

        string[] references = [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];

        Assert.Empty(references.Except(allowed));
    }

    private static async Task<ZipArchive> OpenAsync()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        return ZipFile.OpenRead(Directory.GetFiles(laboratory.Packages, "MlContainerBuild.*.nupkg").Single());
    }
}
