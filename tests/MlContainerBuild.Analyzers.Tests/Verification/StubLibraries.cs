using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlContainerBuild.Analyzers.Tests.Verification;

/// <summary>
/// The libraries that the rules bind to, compiled from Stubs/*.cs: one assembly a file, so that a test sees metadata as a
/// user's compilation does. Nullability is off in them, as it is in most of the real ones.
/// </summary>
internal static class StubLibraries
{
    private const string Prefix = "Stubs/";

    private static readonly Dictionary<string, MetadataReference> Libraries =
        Names().ToDictionary(name => name[Prefix.Length..], Compile, StringComparer.Ordinal);

    public static IReadOnlyCollection<MetadataReference> All => Libraries.Values;

    /// <summary>The library of Stubs/<paramref name="name"/>.cs.</summary>
    public static MetadataReference Get(string name) => Libraries[name];

    private static IEnumerable<string> Names() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    private static MetadataReference Compile(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        CSharpCompilation library = CSharpCompilation.Create(
            resource[Prefix.Length..] + ".Stub",
            [TestProject.Parse(reader.ReadToEnd()), TestProject.ImplicitUsings],
            DotNetReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        using var assembly = new MemoryStream();
        var result = library.Emit(assembly);
        Assert.True(result.Success, $"{resource}: {string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}");
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }
}
