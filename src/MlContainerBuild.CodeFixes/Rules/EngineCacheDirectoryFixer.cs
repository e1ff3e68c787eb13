using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// MLC2201: a directory of the user that the service runs as. <c>SpecialFolderOption.Create</c> is part of it: without, a
/// folder that does not exist yet comes back as an empty string, and the path is relative again.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EngineCacheDirectoryFixer)), Shared]
public sealed class EngineCacheDirectoryFixer : CodeFixProvider
{
    private static readonly char[] NotInNames = ['.', '/', '\\', ' '];

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC2201"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is null || model is null
                || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax path
                || IsVariable(path, model))
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use a directory of the service's own user",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(path, PrivateDirectory(path).WithTriviaFrom(path)))),
                    nameof(EngineCacheDirectoryFixer)),
                diagnostic);
        }
    }

    /// <summary>A variable has other uses, such as creating the directory, that would keep the old path.</summary>
    private static bool IsVariable(ExpressionSyntax path, SemanticModel model) =>
        path is IdentifierNameSyntax or MemberAccessExpressionSyntax && model.GetSymbolInfo(path).Symbol is ILocalSymbol or IFieldSymbol { IsConst: false };

    private static ExpressionSyntax PrivateDirectory(ExpressionSyntax path)
    {
        string name = path.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken))
            .Select(token => token.ValueText.TrimEnd('/', '\\'))
            .Select(text => text.Substring(text.LastIndexOfAny(['/', '\\']) + 1))
            .LastOrDefault(text => text.Trim(NotInNames).Length > 0) ?? "engine-cache";

        return FixedSyntax.Expression(
            "System.IO.Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData, "
            + $"System.Environment.SpecialFolderOption.Create), {FixedSyntax.Text(name)})");
    }
}
