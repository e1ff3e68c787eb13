using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>Whether the code around a download or a load compares a digest or a signature. MD5 and SHA-1 are none.</summary>
internal static class IntegrityCheck
{
    private static readonly string[] Names =
    [
        "sha256", "sha384", "sha512", "sha3_", "sha-256", "blake", "IncrementalHash", "CheckHash", "VerifyHash", "Checksum", "VerifySignature", "VerifyData",
        "DeclaredModels", // made by MlContainerGenerateModelLoader: it hashes what it gives out
    ];

    internal static bool IsNear(IOperation operation)
    {
        SyntaxNode scope = operation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? operation.Syntax.SyntaxTree.GetRoot();
        return scope.DescendantTokens().Any(token =>
            (token.IsKind(SyntaxKind.IdentifierToken) || token.IsKind(SyntaxKind.StringLiteralToken))
            && Names.Any(name => token.ValueText.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0));
    }
}
