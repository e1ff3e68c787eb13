using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlContainerBuild.Analyzers.Rules;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>MLC2001: passes the filled options to the call that left them out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ProviderOptionsNotAppliedFixer)), Shared]
public sealed class ProviderOptionsNotAppliedFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC2001"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(ProviderOptionsNotAppliedAnalyzer.ApplicableLocal, out string? local)
                && local is not null
                && root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax call)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Pass '{local}'",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(call.ArgumentList, Passing(local, call.ArgumentList)))),
                        equivalenceKey: nameof(ProviderOptionsNotAppliedFixer)),
                    diagnostic);
            }
        }
    }

    private static ArgumentListSyntax Passing(string local, ArgumentListSyntax replaced) =>
        SyntaxFactory.ArgumentList([SyntaxFactory.Argument(SyntaxFactory.IdentifierName(local))]).WithTriviaFrom(replaced);
}
