using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace MlContainerBuild.Checks.Tests.Payload;

/// <summary>What the C# compiler makes of a source, in memory.</summary>
internal sealed record CompiledAssembly(byte[] Assembly, byte[] Symbols)
{
    /// <param name="sourcePath">What the debug information says of where the source was.</param>
    /// <param name="resources">Embedded, by name.</param>
    public static CompiledAssembly Of(string source, string sourcePath = "/_/Program.cs", bool embedsSource = false, params (string Name, byte[] Content)[] resources)
    {
        var text = SourceText.From(source, System.Text.Encoding.UTF8);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Iris",
            [CSharpSyntaxTree.ParseText(text, path: sourcePath)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = compilation.Emit(
            assembly,
            symbols,
            manifestResources: resources.Select(resource => new ResourceDescription(resource.Name, () => new MemoryStream(resource.Content), isPublic: true)),
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: "Iris.pdb"),
            embeddedTexts: embedsSource ? [EmbeddedText.FromSource(sourcePath, text)] : null);
        Xunit.Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return new CompiledAssembly(assembly.ToArray(), symbols.ToArray());
    }
}
