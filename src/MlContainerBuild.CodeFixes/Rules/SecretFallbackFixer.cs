using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlContainerBuild.Analyzers.Credentials;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>MLC1006: throws in place of the constant. A service that is not configured then says so when it starts.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SecretFallbackFixer)), Shared]
public sealed class SecretFallbackFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC1006"];

    public override FixAllProvider GetFixAllProvider() => new FixableDiagnosticsFixAll(nameof(SecretFallbackFixer));

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax fallback
                || !diagnostic.Properties.TryGetValue(SettingName.PropertyName, out string? key) || key is null
                || Repair(fallback, key) is not var (replaced, repaired))
            {
                continue;
            }

            SyntaxNode? changed = await CompilingFix.FindAsync(context.Document, root, replaced, [repaired], context.CancellationToken).ConfigureAwait(false);
            if (changed is null)
                continue;

            context.RegisterCodeFix(
                CodeAction.Create("Throw when it is not configured", _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), nameof(SecretFallbackFixer)),
                diagnostic);
        }
    }

    private static (ExpressionSyntax Replaced, ExpressionSyntax Repaired)? Repair(ExpressionSyntax fallback, string key) => fallback.Parent switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce when coalesce.Right == fallback => (fallback, RuntimeLookup.Throw(key)),
        ConditionalExpressionSyntax conditional when conditional.Condition != fallback => (fallback, RuntimeLookup.Throw(key)),
        ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetValue" } getValue } call } } =>
            (call, WithoutDefault(call, getValue, key)),
        _ => null,
    };

    /// <summary><c>configuration.GetValue(key, "…")</c> is <c>configuration[key]</c> with a fallback.</summary>
    private static ExpressionSyntax WithoutDefault(InvocationExpressionSyntax call, MemberAccessExpressionSyntax getValue, string key)
    {
        ExpressionSyntax lookup = RuntimeLookup.OrThrow($"{getValue.Expression.WithoutTrivia()}[{call.ArgumentList.Arguments[0].Expression.WithoutTrivia()}]", key);
        return RuntimeLookup.NeedsParentheses(call) ? SyntaxFactory.ParenthesizedExpression(lookup) : lookup;
    }
}
