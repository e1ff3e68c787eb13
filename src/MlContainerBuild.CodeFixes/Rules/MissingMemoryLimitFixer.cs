using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// MLC2004: adds the limit to the options in sight; a call with a device id becomes one with options of the same device.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingMemoryLimitFixer)), Shared]
public sealed class MissingMemoryLimitFixer : CodeFixProvider
{
    private static readonly (string Key, string Value)[] Limit =
        [("gpu_mem_limit", FixedSyntax.ArenaLimit), ("arena_extend_strategy", "kSameAsRequested")];

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC2004"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is null || model is null
                || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call
                || Repair(root, call, model) is not { } repaired)
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(
                    "Limit the arena to 4 GiB (adjust to the model)",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(repaired)),
                    nameof(MissingMemoryLimitFixer)),
                diagnostic);
        }
    }

    private static SyntaxNode? Repair(SyntaxNode root, InvocationExpressionSyntax call, SemanticModel model)
    {
        if (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is IdentifierNameSyntax options
            && model.GetTypeInfo(options).Type is { Name: "OrtCUDAProviderOptions" or "OrtROCMProviderOptions" })
        {
            return FindDictionary(call, options.Identifier.ValueText) is { } dictionary
                ? root.ReplaceNode(dictionary, FixedSyntax.WithEntries(
                    dictionary, [.. Limit.Where(entry => !FixedSyntax.HasEntry(dictionary, entry.Key))]))
                : null;
        }

        return call is { Parent: ExpressionStatementSyntax statement, Expression: MemberAccessExpressionSyntax member }
            && model.GetSymbolInfo(call).Symbol is IMethodSymbol { IsStatic: false, Parameters.Length: 1 } append
            && append.Parameters[0].Type.SpecialType == SpecialType.System_Int32
                ? root.ReplaceNode(statement, FixedSyntax.AppendWithOptions(
                    statement,
                    append.Name.EndsWith("CUDA", StringComparison.Ordinal) ? "OrtCUDAProviderOptions" : "OrtROCMProviderOptions",
                    member.Name.Identifier.ValueText,
                    Content(call.ArgumentList.Arguments.FirstOrDefault()?.Expression, model)))
                : null;
    }

    /// <summary>The initialiser of the dictionary that <c>options.UpdateOptions</c> takes: written there, or with its variable.</summary>
    private static InitializerExpressionSyntax? FindDictionary(SyntaxNode inMember, string options)
    {
        SyntaxNode member = inMember.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? inMember.SyntaxTree.GetRoot();
        ExpressionSyntax? content = member.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "UpdateOptions", Expression: IdentifierNameSyntax receiver }
                && receiver.Identifier.ValueText == options)?.ArgumentList.Arguments.FirstOrDefault()?.Expression;

        if (content is IdentifierNameSyntax variable)
        {
            content = member.DescendantNodes().OfType<VariableDeclaratorSyntax>()
                .FirstOrDefault(declarator => declarator.Identifier.ValueText == variable.Identifier.ValueText)?.Initializer?.Value;
        }

        return (content as BaseObjectCreationExpressionSyntax)?.Initializer is { Expressions.Count: > 0 } initializer ? initializer : null;
    }

    private static ExpressionSyntax Content(ExpressionSyntax? device, SemanticModel model)
    {
        string deviceEntry = device switch
        {
            null => "",
            _ when model.GetConstantValue(device) is { HasValue: true, Value: int id } => $"[\"device_id\"] = \"{id}\", ",
            IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax } => $"[\"device_id\"] = $\"{{{device.WithoutTrivia()}}}\", ",
            _ => $"[\"device_id\"] = ({device.WithoutTrivia()}).ToString(), ",
        };

        return FixedSyntax.Expression(
            $"new System.Collections.Generic.Dictionary<string, string> {{ {deviceEntry}{string.Join(", ", Limit.Select(entry => $"[\"{entry.Key}\"] = \"{entry.Value}\""))} }}");
    }
}
