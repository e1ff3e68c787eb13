using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// A constant that is a secret: as a <c>static readonly</c> field, or a variable, it can be read at run time. Offered where the
/// project still compiles then; an attribute, a default value or a case label goes on needing the constant.
/// </summary>
internal readonly struct ConstantDeclaration
{
    private readonly SyntaxNode declaration;
    private readonly VariableDeclaratorSyntax variable;

    private ConstantDeclaration(SyntaxNode declaration, VariableDeclaratorSyntax variable)
    {
        this.declaration = declaration;
        this.variable = variable;
    }

    /// <summary>The constant whose whole value the expression is; null where it is part of one, or of none.</summary>
    internal static ConstantDeclaration? Of(ExpressionSyntax value) =>
        value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: { } declaration } } variable }
        && declaration is FieldDeclarationSyntax or LocalDeclarationStatementSyntax && Modifiers(declaration).Any(SyntaxKind.ConstKeyword)
            ? new ConstantDeclaration(declaration, variable)
            : null;

    /// <summary>The changed root; null where something needs the constant, or may need it in another assembly.</summary>
    internal async Task<SyntaxNode?> ReadAtRunTimeAsync(Document document, SyntaxNode root, SemanticModel model, ExpressionSyntax lookup, CancellationToken cancellationToken)
    {
        if (declaration is FieldDeclarationSyntax && (IsVisibleOutside(model, cancellationToken) || await IsReadWhileTypeInitializesAsync(document, cancellationToken).ConfigureAwait(false)))
            return null;

        SyntaxNode changed = root.ReplaceNode(declaration, Variable(lookup));
        return await StillCompilesAsync(document, document.WithSyntaxRoot(changed), cancellationToken).ConfigureAwait(false) ? changed : null;
    }

    private static SyntaxTokenList Modifiers(SyntaxNode declaration) =>
        declaration is FieldDeclarationSyntax field ? field.Modifiers : ((LocalDeclarationStatementSyntax)declaration).Modifiers;

    private SyntaxNode Variable(ExpressionSyntax lookup)
    {
        ExpressionSyntax value = variable.Initializer!.Value;
        SyntaxNode changed = declaration.ReplaceNode(value, lookup.WithTriviaFrom(value));
        SyntaxToken constant = Modifiers(changed).First(modifier => modifier.IsKind(SyntaxKind.ConstKeyword));
        if (changed is FieldDeclarationSyntax field)
        {
            SyntaxToken[] readOnly =
            [
                SyntaxFactory.Token(constant.LeadingTrivia, SyntaxKind.StaticKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space)),
                SyntaxFactory.Token(default, SyntaxKind.ReadOnlyKeyword, constant.TrailingTrivia),
            ];
            return field.WithModifiers(field.Modifiers.ReplaceRange(constant, readOnly));
        }

        var local = (LocalDeclarationStatementSyntax)changed;
        return local.WithModifiers(local.Modifiers.Remove(constant)).WithLeadingTrivia(declaration.GetLeadingTrivia());
    }

    private bool IsVisibleOutside(SemanticModel model, CancellationToken cancellationToken)
    {
        for (ISymbol? symbol = model.GetDeclaredSymbol(variable, cancellationToken); symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }

    /// <summary>Static fields get their values in the order of the source: one that stands before would read null.</summary>
    private async Task<bool> IsReadWhileTypeInitializesAsync(Document document, CancellationToken cancellationToken)
    {
        foreach (SyntaxNode root in await MentionsAsync(document.Project, cancellationToken).ConfigureAwait(false))
        {
            foreach (IdentifierNameSyntax name in root.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText == variable.Identifier.ValueText && IsInStaticInitializer(name) && (root.SyntaxTree != declaration.SyntaxTree || name.SpanStart < declaration.SpanStart))
                    return true;
            }
        }

        return false;
    }

    private static bool IsInStaticInitializer(SyntaxNode node) => node.Ancestors().OfType<EqualsValueClauseSyntax>().Any(clause => clause.Parent switch
    {
        PropertyDeclarationSyntax property => property.Modifiers.Any(SyntaxKind.StaticKeyword),
        VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } => field.Modifiers.Any(SyntaxKind.StaticKeyword),
        _ => false,
    });

    private async Task<List<SyntaxNode>> MentionsAsync(Project project, CancellationToken cancellationToken)
    {
        var roots = new List<SyntaxNode>();
        foreach (Document document in project.Documents)
        {
            bool isMentioned = document.Id == project.GetDocumentId(declaration.SyntaxTree)
                || (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString().Contains(variable.Identifier.ValueText);
            if (isMentioned && await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root)
                roots.Add(root);
        }

        return roots;
    }

    private async Task<bool> StillCompilesAsync(Document before, Document after, CancellationToken cancellationToken)
    {
        foreach (SyntaxNode root in await MentionsAsync(before.Project, cancellationToken).ConfigureAwait(false))
        {
            DocumentId id = before.Project.GetDocumentId(root.SyntaxTree)!;
            if (await ErrorsAsync(after.Project.GetDocument(id)!, cancellationToken).ConfigureAwait(false) > await ErrorsAsync(before.Project.GetDocument(id)!, cancellationToken).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    private static async Task<int> ErrorsAsync(Document document, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return model?.GetDiagnostics(cancellationToken: cancellationToken).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ?? 0;
    }
}
