using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlContainerBuild.Analyzers.Credentials;
using MlContainerBuild.Analyzers.Credentials.Sinks;
using MlContainerBuild.Analyzers.Operations;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// MLC1001, MLC1002, MLC1003: reads the secret at run time in place of the constant. Text before a token stays, as in
/// <c>"Bearer " + …</c>. Offered where the result compiles; revoking the secret is left to people.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HardCodedCredentialFixer)), Shared]
public sealed class HardCodedCredentialFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC1001", "MLC1002", "MLC1003"];

    public override FixAllProvider GetFixAllProvider() => new FixableDiagnosticsFixAll(nameof(HardCodedCredentialFixer));

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
            return;

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax constant
                || Whole(constant, diagnostic.Id) is not { } replaced
                || Parts(replaced, diagnostic.Id, model) is not { } prefix
                || !diagnostic.Properties.TryGetValue(SettingName.PropertyName, out string? key) || key is null)
            {
                continue;
            }

            var candidates = Candidates(replaced, model, key).Select(lookup => Placed(lookup, replaced, prefix));
            SyntaxNode? changed = ConstantDeclaration.Of(replaced) is { } declaration
                ? await declaration.ReadAtRunTimeAsync(context.Document, root, model, Placed(RuntimeLookup.FromEnvironment(key), replaced, prefix), context.CancellationToken).ConfigureAwait(false)
                : await CompilingFix.FindAsync(context.Document, root, replaced, candidates, context.CancellationToken).ConfigureAwait(false);
            if (changed is null)
                continue;

            context.RegisterCodeFix(
                CodeAction.Create("Read it at run time", _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), nameof(HardCodedCredentialFixer)),
                diagnostic);
        }
    }

    /// <summary>A connection string is replaced as a whole, of however many constants it is put together.</summary>
    private static ExpressionSyntax? Whole(ExpressionSyntax constant, string id)
    {
        if (id != "MLC1003")
            return constant;

        while (constant.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
            constant = (ExpressionSyntax)constant.Parent;

        return constant;
    }

    /// <summary>The text before the secret, which stays; null when the expression cannot be replaced.</summary>
    private static string? Parts(ExpressionSyntax replaced, string id, SemanticModel model)
    {
        if (model.GetConstantValue(replaced) is not { HasValue: true, Value: string text })
            return null;

        var matches = SecretScanner.Scan(text.AsSpan());
        if (id == "MLC1003")
            return matches.Count > 0 && IsWholeText(replaced, model) ? "" : null;

        if (id == "MLC1001")
            return matches.Count == 1 && matches[0].End == text.Length ? text.Substring(0, matches[0].Start) : null;

        // "Bearer …" in a header
        string credential = HttpHeader.CredentialOf(text);
        string scheme = text.Substring(0, text.Length - credential.Length);
        return scheme.Trim().ToUpperInvariant() is "BEARER" or "BASIC" or "TOKEN" or "APIKEY" ? scheme : "";
    }

    /// <summary>Not "Password=…" alone, which <c>string.Join</c>, <c>Format</c> or a builder makes part of a connection string.</summary>
    private static bool IsWholeText(ExpressionSyntax expression, SemanticModel model)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;

        return model.GetOperation(expression) is { } text && TextComposition.IsWholeText(text);
    }

    private static IEnumerable<ExpressionSyntax> Candidates(ExpressionSyntax replaced, SemanticModel model, string key)
    {
        // What comes before is looked up already: without it there is nothing left to read.
        if (replaced.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce && coalesce.Right == replaced
            && model.GetOperation(coalesce.Left) is { } left && ConfigurationLookup.KeyOf(left) is { } name)
        {
            return [RuntimeLookup.Throw(name)];
        }

        return RuntimeLookup.At(replaced, model, key);
    }

    private static ExpressionSyntax Placed(ExpressionSyntax lookup, ExpressionSyntax replaced, string prefix)
    {
        if (prefix.Length > 0)
        {
            ExpressionSyntax sum = SyntaxFactory.ParseExpression($"{FixedSyntax.Text(prefix)} + (secret)");
            sum = sum.ReplaceNode(sum.DescendantNodes().OfType<IdentifierNameSyntax>().Single(), lookup);
            return replaced.Parent is MemberAccessExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(sum) : sum;
        }

        return lookup is not ThrowExpressionSyntax && RuntimeLookup.NeedsParentheses(replaced) ? SyntaxFactory.ParenthesizedExpression(lookup) : lookup;
    }
}
