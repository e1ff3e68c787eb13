using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlContainerBuild.Analyzers.Rules;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>MLC2103, <c>IpcMode = "host"</c>: shared memory of its own, of a size, is what frameworks want it for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HostNamespaceFixer)), Shared]
public sealed class HostNamespaceFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC2103"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.ContainsKey(HostNamespaceAnalyzer.Replaceable)
                || root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not AssignmentExpressionSyntax assignment
                || SetsSizeToo(assignment))
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(
                    "Give it 8 GiB of shared memory of its own",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(assignment, WithSize(assignment)))),
                    nameof(HostNamespaceFixer)),
                diagnostic);
        }
    }

    private static bool SetsSizeToo(AssignmentExpressionSyntax assignment) =>
        assignment.Parent is InitializerExpressionSyntax initializer
        && initializer.Expressions.Any(member => member is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "ShmSize" } });

    private static AssignmentExpressionSyntax WithSize(AssignmentExpressionSyntax assignment)
    {
        IdentifierNameSyntax size = SyntaxFactory.IdentifierName("ShmSize");
        ExpressionSyntax target = assignment.Left is MemberAccessExpressionSyntax member ? member.WithName(size) : size;
        return assignment
            .WithLeft(target.WithTriviaFrom(assignment.Left))
            .WithRight(SyntaxFactory.ParseExpression("8L << 30").WithTriviaFrom(assignment.Right));
    }
}
