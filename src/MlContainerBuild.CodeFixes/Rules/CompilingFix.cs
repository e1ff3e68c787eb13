using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// Replaces an expression by the first candidate that compiles there. What a place allows is the compiler's to know: a constant,
/// a static member, a field initialiser, an expression tree and a base call all allow something else.
/// </summary>
internal static class CompilingFix
{
    /// <summary>The changed root; null when no candidate compiles.</summary>
    internal static async Task<SyntaxNode?> FindAsync(
        Document document, SyntaxNode root, ExpressionSyntax replaced, IEnumerable<ExpressionSyntax> candidates, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || NeedsConstant(replaced))
            return null;

        int before = Errors(model, Member(replaced), cancellationToken);
        foreach (ExpressionSyntax candidate in candidates)
        {
            var mark = new SyntaxAnnotation();
            SyntaxNode changed = root.ReplaceNode(replaced, candidate.WithTriviaFrom(replaced).WithAdditionalAnnotations(mark));
            SemanticModel? changedModel = await document.WithSyntaxRoot(changed).GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            if (changedModel is null)
                continue;

            SyntaxNode changedRoot = await changedModel.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
            if (Errors(changedModel, Member(changedRoot.GetAnnotatedNodes(mark).Single()), cancellationToken) <= before)
                return changed;
        }

        return null;
    }

    /// <summary>Places that the compiler would refuse one candidate after the other.</summary>
    private static bool NeedsConstant(ExpressionSyntax expression)
    {
        foreach (SyntaxNode node in expression.Ancestors())
        {
            switch (node)
            {
                case AttributeSyntax or ParameterSyntax or CaseSwitchLabelSyntax or PatternSyntax or EnumMemberDeclarationSyntax:
                case FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword):
                case LocalDeclarationStatementSyntax { IsConst: true }:
                    return true;
                case StatementSyntax or MemberDeclarationSyntax or LambdaExpressionSyntax:
                    return false;
            }
        }

        return false;
    }

    private static SyntaxNode Member(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot();

    private static int Errors(SemanticModel model, SyntaxNode member, CancellationToken cancellationToken) =>
        model.GetDiagnostics(member.Span, cancellationToken).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
