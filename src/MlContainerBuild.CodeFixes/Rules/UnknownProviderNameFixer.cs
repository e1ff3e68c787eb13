using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlContainerBuild.Analyzers.Rules;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>MLC2002: calls the provider's own method, with an options object where the call has options.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownProviderNameFixer)), Shared]
public sealed class UnknownProviderNameFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC2002"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is null || model is null
                || !diagnostic.Properties.TryGetValue(UnknownProviderNameAnalyzer.Provider, out string? provider) || provider is null
                || root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax member } call
                || model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { ContainingType: { } sessionOptions }
                || AppendMethod(sessionOptions, provider) is not { } append)
            {
                continue;
            }

            SyntaxNode? repaired = call.ArgumentList.Arguments.Count switch
            {
                1 => root.ReplaceNode(call, SyntaxFactory.InvocationExpression(member.WithName(SyntaxFactory.IdentifierName(append))).WithTriviaFrom(call)),
                2 when call.Parent is ExpressionStatementSyntax statement && Options(call, model, context.CancellationToken) is { } options =>
                    root.ReplaceNode(statement, FixedSyntax.AppendWithOptions(statement, OptionsType(provider), append, options)),
                _ => null,
            };

            if (repaired is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Call {append}", _ => Task.FromResult(context.Document.WithSyntaxRoot(repaired)), nameof(UnknownProviderNameFixer)),
                    diagnostic);
            }
        }
    }

    /// <summary>As this version spells it, and only if it takes both an id and options.</summary>
    private static string? AppendMethod(INamedTypeSymbol sessionOptions, string provider) =>
        sessionOptions.GetMembers().OfType<IMethodSymbol>()
            .FirstOrDefault(method => string.Equals(method.Name, "AppendExecutionProvider_" + provider, StringComparison.OrdinalIgnoreCase)
                && method.Parameters.Length == 1 && method.Parameters[0].Type.Name == OptionsType(provider))?.Name;

    private static string OptionsType(string provider) => provider switch
    {
        "Tensorrt" => "OrtTensorRTProviderOptions",
        "ROCm" => "OrtROCMProviderOptions",
        _ => "OrtCUDAProviderOptions",
    };

    /// <summary>The argument that is the dictionary; null when it may be null, which the options object does not take.</summary>
    private static ExpressionSyntax? Options(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        ExpressionSyntax options = call.ArgumentList.Arguments[call.ArgumentList.Arguments[0].NameColon?.Name.Identifier.ValueText == "providerOptions" ? 0 : 1].Expression;
        TypeInfo type = model.GetTypeInfo(options, cancellationToken);
        return options.IsKind(SyntaxKind.NullLiteralExpression) || type.Nullability.FlowState == NullableFlowState.MaybeNull ? null : options;
    }
}
