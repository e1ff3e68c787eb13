using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.Analyzers.Containers;

/// <summary>
/// Containers that run containers: k3s, kind, Docker in Docker. They need the privileges that the rules about privileges
/// warn of, and whoever starts one knows it.
/// </summary>
internal static class NestedRuntime
{
    private static readonly string[] Names = ["k3s", "k3d", "kindest", "kind-", "microk8s", "dind", "dockerindocker", "docker-in-docker", "buildkit", "buildx"];

    /// <summary>Whether the type around the operation (without one: the file) names such a runtime.</summary>
    internal static bool IsStartedBy(IOperation operation)
    {
        SyntaxNode scope = operation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? operation.Syntax.SyntaxTree.GetRoot();
        return scope.DescendantTokens().Any(token =>
            (token.IsKind(SyntaxKind.IdentifierToken) || token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken))
            && Names.Any(name => token.ValueText.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0));
    }
}
