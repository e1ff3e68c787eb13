using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>MLC2003: a limit of 4 GiB, and in an initialiser the strategy that makes the arena keep to it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UselessMemoryLimitFixer)), Shared]
public sealed class UselessMemoryLimitFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC2003"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax limit)
                continue;

            context.RegisterCodeFix(
                CodeAction.Create(
                    "Limit the arena to 4 GiB (adjust to the model)",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(Repair(root, limit))),
                    nameof(UselessMemoryLimitFixer)),
                diagnostic);
        }
    }

    private static SyntaxNode Repair(SyntaxNode root, ExpressionSyntax limit)
    {
        var annotation = new SyntaxAnnotation();
        SyntaxNode repaired = root.ReplaceNode(limit, FixedSyntax.Text(FixedSyntax.ArenaLimit).WithTriviaFrom(limit).WithAdditionalAnnotations(annotation));

        InitializerExpressionSyntax? dictionary = repaired.GetAnnotatedNodes(annotation).Single().Ancestors()
            .TakeWhile(node => node is not (StatementSyntax or BaseObjectCreationExpressionSyntax))
            .OfType<InitializerExpressionSyntax>().LastOrDefault();

        return dictionary is null || FixedSyntax.HasEntry(dictionary, "arena_extend_strategy")
            ? repaired
            : repaired.ReplaceNode(dictionary, FixedSyntax.WithEntries(dictionary, ("arena_extend_strategy", "kSameAsRequested")));
    }
}
