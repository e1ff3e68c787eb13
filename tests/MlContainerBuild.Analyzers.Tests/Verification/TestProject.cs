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

    internal static CSharpCompilation Compile(string source, IEnumerable<MetadataReference>? libraries = null)
    {
        SyntaxTree tree = Parse(source);
        return CSharpCompilation.Create(
            "TestProject",
            [tree, ImplicitUsings],
            [.. DotNetReferences.All, .. libraries ?? StubLibraries.All],
            Options(tree.GetRoot()));
    }

    internal static CSharpCompilationOptions Options(SyntaxNode root)
    {
        bool isProgram = root is CompilationUnitSyntax unit && unit.Members.Any(SyntaxKind.GlobalStatement);
        return new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
    }

    /// <summary>
    /// What the analyzers report, in source order. An exception in an analyzer fails the test with its stack trace instead
    /// of becoming the diagnostic AD0001.
    /// </summary>
    internal static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, params DiagnosticAnalyzer[] analyzers)
    {
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
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
        Assert.True(errors.Length == 0, $"The {what} does not compile:\n{errors}\n\n{compilation.SyntaxTrees.First()}");
    }
}
