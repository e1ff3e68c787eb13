using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace MlContainerBuild.Analyzers.Tests.Verification;

/// <summary>One source file compiled as a new .NET project would: nullable, implicit usings, top-level statements allowed.</summary>
internal static class TestProject
{
    internal static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    internal static readonly SyntaxTree ImplicitUsings = Parse(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """);

    internal static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(SourceText.From(source), ParseOptions, path: "Test.cs");

    /// <summary>Each test's compilation derives from one of these two, so that all share the symbols of the references.</summary>
    private static readonly Lazy<CSharpCompilation> Library = new(() => Create(OutputKind.DynamicallyLinkedLibrary, StubLibraries.All));
    private static readonly Lazy<CSharpCompilation> Application = new(() => Create(OutputKind.ConsoleApplication, StubLibraries.All));

    internal static CSharpCompilation Compile(string source)
    {
        SyntaxTree tree = Parse(source);
        return (IsProgram(tree.GetRoot()) ? Application : Library).Value.AddSyntaxTrees(tree);
    }

    /// <summary>With the real ONNX Runtime in place of the stub.</summary>
    internal static CSharpCompilation Compile(string source, MetadataReference onnxRuntime)
    {
        CSharpCompilation compilation = Compile(source);
        return compilation.ReplaceReference(StubLibraries.Get("OnnxRuntime"), onnxRuntime);
    }

    /// <summary>As in a project that references none of the libraries.</summary>
    internal static CSharpCompilation CompileWithoutLibraries(string source) =>
        Create(OutputKind.DynamicallyLinkedLibrary, []).AddSyntaxTrees(Parse(source));

    private static CSharpCompilation Create(OutputKind kind, IEnumerable<MetadataReference> libraries) =>
        CSharpCompilation.Create("TestProject", [ImplicitUsings], [.. DotNetReferences.All, .. libraries], Options(kind));

    internal static CSharpCompilationOptions OptionsFor(SyntaxNode root) =>
        Options(IsProgram(root) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary);

    private static CSharpCompilationOptions Options(OutputKind kind) =>
        new(kind, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    private static bool IsProgram(SyntaxNode root) =>
        root is CompilationUnitSyntax unit && unit.Members.Any(SyntaxKind.GlobalStatement);

    /// <summary>
    /// What the analyzers report, in source order. An exception in an analyzer fails the test with its stack trace instead
    /// of becoming the diagnostic AD0001.
    /// </summary>
    internal static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, params DiagnosticAnalyzer[] analyzers) =>
        AnalyzeAsync(compilation, new AnalyzerOptions([]), analyzers);

    internal static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, AnalyzerOptions analyzerOptions, params DiagnosticAnalyzer[] analyzers)
    {
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            analyzerOptions,
            onAnalyzerException: (exception, _, _) => thrown ??= exception,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);

        ImmutableArray<Diagnostic> diagnostics =
            await compilation.WithAnalyzers([.. analyzers], options).GetAnalyzerDiagnosticsAsync(CancellationToken.None);

        Assert.True(thrown is null, $"An analyzer threw: {thrown}");
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    internal static void AssertCompiles(Compilation compilation, string what)
    {
        string errors = string.Join('\n', compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.True(errors.Length == 0, $"The {what} does not compile:\n{errors}\n\n{compilation.SyntaxTrees.Last()}");
    }
}
