using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace MlContainerBuild.Analyzers.Tests.Verification;

/// <summary>As <see cref="CSharpVerifier{TAnalyzer}"/>, and applies the analyzer's code fix.</summary>
internal static class CSharpCodeFixVerifier<TAnalyzer, TCodeFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new()
{
    public static DiagnosticResult Diagnostic() => CSharpVerifier<TAnalyzer>.Diagnostic();

    public static DiagnosticResult Diagnostic(string id) => CSharpVerifier<TAnalyzer>.Diagnostic(id);

    public static Task VerifyAnalyzerAsync(string source, params DiagnosticResult[] expected) =>
        CSharpVerifier<TAnalyzer>.VerifyAnalyzerAsync(source, expected);

    public static Task VerifyCodeFixAsync(string source, string fixedSource) => VerifyCodeFixAsync(source, [], fixedSource);

    /// <summary>
    /// Verifies the diagnostics, then applies the fix to one after the other until none is left that offers one.
    /// <c>VerifyCodeFixAsync(source, source)</c> proves that no fix is offered.
    /// </summary>
    public static async Task VerifyCodeFixAsync(string source, DiagnosticResult[] expected, string fixedSource)
    {
        await VerifyAnalyzerAsync(source, expected);

        Document document = Open(Markup.Parse(source).Source);
        for (int applied = 0; await FindFixAsync(document) is { } action; applied++)
        {
            Assert.True(applied < 50, "The fix does not remove its diagnostic.");
            document = await ApplyAsync(document, action);
        }

        await AssertIsAsync(fixedSource, document);
    }

    public static Task VerifyFixAllAsync(string source, string fixedSource) => VerifyFixAllAsync(source, [], fixedSource);

    /// <summary>
    /// Verifies the diagnostics, then fixes all of the document in one step, as dotnet format does: the action for the first
    /// diagnostic gives the equivalence key, and there is none where that one has no fix.
    /// </summary>
    public static async Task VerifyFixAllAsync(string source, DiagnosticResult[] expected, string fixedSource)
    {
        await VerifyAnalyzerAsync(source, expected);

        Document document = Open(Markup.Parse(source).Source);
        var fixer = new TCodeFix();
        Diagnostic first = (await AnalyzeAsync(document)).First(diagnostic => fixer.FixableDiagnosticIds.Contains(diagnostic.Id));
        CodeAction? action = await OfferedAsync(fixer, document, first);

        FixAllProvider fixAll = fixer.GetFixAllProvider() ?? throw new InvalidOperationException("The fixer has no FixAll.");
        Assert.Contains(FixAllScope.Solution, fixAll.GetSupportedFixAllScopes());
        CodeAction? all = await fixAll.GetFixAsync(new FixAllContext(
            document, fixer, FixAllScope.Document, action?.EquivalenceKey, [first.Id], new Diagnostics(), CancellationToken.None));

        Assert.NotNull(all);
        await AssertIsAsync(fixedSource, await ApplyAsync(document, all));
    }

    private static Document Open(string source)
    {
        var workspace = new AdhocWorkspace();
        SyntaxTree tree = TestProject.Parse(source);
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "TestProject", "TestProject", LanguageNames.CSharp,
            compilationOptions: TestProject.OptionsFor(tree.GetRoot()),
            parseOptions: TestProject.ParseOptions,
            metadataReferences: [.. DotNetReferences.All, .. StubLibraries.All]));

        project = project.AddDocument("ImplicitUsings.cs", TestProject.ImplicitUsings.GetRoot()).Project;
        return project.AddDocument("Test.cs", SourceText.From(source));
    }

    private static async Task<CodeAction?> FindFixAsync(Document document)
    {
        var fixer = new TCodeFix();
        foreach (Diagnostic diagnostic in await AnalyzeAsync(document))
        {
            if (fixer.FixableDiagnosticIds.Contains(diagnostic.Id) && await OfferedAsync(fixer, document, diagnostic) is { } action)
                return action;
        }

        return null;
    }

    private static async Task<CodeAction?> OfferedAsync(TCodeFix fixer, Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await fixer.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions.FirstOrDefault();
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Document document)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        return await TestProject.AnalyzeAsync(compilation, new TAnalyzer());
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }

    private static async Task AssertIsAsync(string fixedSource, Document document)
    {
        Assert.Equal(Markup.Parse(fixedSource).Source, (await document.GetTextAsync()).ToString());
        TestProject.AssertCompiles((await document.Project.GetCompilationAsync())!, "fixed source");
    }

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await AnalyzeAsync(document)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await AnalyzeAsync(project.Documents.First());

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
