using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// MLC2202, custom operators: <c>RegisterOrtExtensions()</c> for the library of ONNX Runtime Extensions, which knows where its
/// package put it; an absolute path beside the application for any other.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NativeLibraryPathFixer)), Shared]
public sealed class NativeLibraryPathFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC2202"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not LiteralExpressionSyntax { Token.Value: string library } literal
                || literal.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax member } call
                || !member.Name.Identifier.ValueText.StartsWith("RegisterCustomOpLibrary", StringComparison.Ordinal))
            {
                continue;
            }

            if (library.IndexOf("ortextensions", StringComparison.OrdinalIgnoreCase) >= 0)
            {
                if (literal.Parent is ArgumentSyntax && NeedsNoHandle(call))
                    Register("Register the extensions of the package", root.ReplaceNode(call, RegisterOrtExtensions(call, member)), "extensions");
            }
            else if (library.Length > 0 && library[0] is not ('/' or '\\'))
            {
                Register("Load it from the application's directory", root.ReplaceNode(literal, BesideApplication(library).WithTriviaFrom(literal)), "absolute");
            }

            void Register(string title, SyntaxNode repaired, string kind) =>
                context.RegisterCodeFix(
                    CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(repaired)), nameof(NativeLibraryPathFixer) + kind),
                    diagnostic);
        }
    }

    /// <summary>Whether nothing uses the handle that the call gives out.</summary>
    private static bool NeedsNoHandle(InvocationExpressionSyntax call)
    {
        if (call.Parent is not ExpressionStatementSyntax)
            return false;

        if (call.ArgumentList.Arguments.Count < 2)
            return true;

        return call.ArgumentList.Arguments[1].Expression switch
        {
            DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax handle } => !IsUsed(handle),
            DeclarationExpressionSyntax => true,
            IdentifierNameSyntax { Identifier.ValueText: "_" } => true,
            _ => false,
        };
    }

    private static bool IsUsed(SingleVariableDesignationSyntax handle)
    {
        SyntaxNode scope = handle.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? handle.SyntaxTree.GetRoot();
        return scope.DescendantTokens().Count(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == handle.Identifier.ValueText) > 1;
    }

    private static InvocationExpressionSyntax RegisterOrtExtensions(InvocationExpressionSyntax call, MemberAccessExpressionSyntax member) =>
        SyntaxFactory.InvocationExpression(member.WithName(SyntaxFactory.IdentifierName("RegisterOrtExtensions"))).WithTriviaFrom(call);

    private static ExpressionSyntax BesideApplication(string library)
    {
        while (library.StartsWith("./", StringComparison.Ordinal) || library.StartsWith(".\\", StringComparison.Ordinal))
            library = library.Substring(2);

        return FixedSyntax.Expression($"System.IO.Path.Combine(System.AppContext.BaseDirectory, {FixedSyntax.Text(library)})");
    }
}
