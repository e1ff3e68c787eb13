using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// MLC2201: a directory of the user that the service runs as. <c>SpecialFolderOption.Create</c> is part of it: without, a
/// folder that does not exist yet comes back as an empty string, and the path is relative again.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EngineCacheDirectoryFixer)), Shared]
public sealed class EngineCacheDirectoryFixer : CodeFixProvider
{
    private static readonly char[] NotInNames = ['.', '/', '\\', ' '];

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC2201"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is null || model is null
                || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax path
                || IsVariable(path, model)
                || PrivateDirectory(path, model) is not { } directory)
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use a directory of the service's own user",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(path, directory.WithTriviaFrom(path)))),
                    nameof(EngineCacheDirectoryFixer)),
                diagnostic);
        }
    }

    /// <summary>A variable has other uses, such as creating the directory, that would keep the old path.</summary>
    private static bool IsVariable(ExpressionSyntax path, SemanticModel model) =>
        path is IdentifierNameSyntax or MemberAccessExpressionSyntax && model.GetSymbolInfo(path).Symbol is ILocalSymbol or IFieldSymbol { IsConst: false };

    /// <summary>The same path below another directory. Null where parts that only the program knows stand behind the old one.</summary>
    private static ExpressionSyntax? PrivateDirectory(ExpressionSyntax path, SemanticModel model)
    {
        if (path is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Combine" or "Join" }, ArgumentList.Arguments: { Count: > 1 } parts }
            && parts.All(part => part.NameColon is null) && model.GetTypeInfo(parts[0].Expression).Type?.SpecialType == SpecialType.System_String)
        {
            // A relative beginning stays, and the old directory goes.
            return model.GetConstantValue(parts[0].Expression) is { HasValue: true, Value: string first }
                ? Path.IsPathRooted(first) ? Below(parts.Skip(1).Select(part => part.Expression)) : Below(parts.Select(part => part.Expression))
                : parts[0].Expression is IdentifierNameSyntax ? null : Below(parts.Skip(1).Select(part => part.Expression));
        }

        List<ExpressionSyntax> unknown = [.. Unknown(path, model)];
        return unknown.Count == 0 || unknown is [{ } only] && (only == path || path.SpanStart == only.SpanStart || IsFirst(only, path)) ? Below([FixedSyntax.Text(Name(path))])
            : BeginsWithText(path) ? Below([path])
            : null;
    }

    /// <summary>The parts of concatenated or interpolated text that are no constants.</summary>
    private static IEnumerable<ExpressionSyntax> Unknown(ExpressionSyntax text, SemanticModel model) => text switch
    {
        _ when model.GetConstantValue(text).HasValue => [],
        ParenthesizedExpressionSyntax parenthesized => Unknown(parenthesized.Expression, model),
        BinaryExpressionSyntax addition when addition.IsKind(SyntaxKind.AddExpression) => Unknown(addition.Left, model).Concat(Unknown(addition.Right, model)),
        InterpolatedStringExpressionSyntax interpolated => interpolated.Contents.OfType<InterpolationSyntax>().SelectMany(part => Unknown(part.Expression, model)),
        _ => [text],
    };

    private static bool IsFirst(ExpressionSyntax part, ExpressionSyntax text) =>
        text is InterpolatedStringExpressionSyntax { Contents: [InterpolationSyntax first, ..] } && first.Expression == part;

    private static bool BeginsWithText(ExpressionSyntax path) => path switch
    {
        BinaryExpressionSyntax addition => BeginsWithText(addition.Left),
        InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax text, ..] } => !Path.IsPathRooted(text.TextToken.ValueText),
        LiteralExpressionSyntax { Token.Value: string text } => !Path.IsPathRooted(text),
        _ => false,
    };

    private static ExpressionSyntax Below(IEnumerable<ExpressionSyntax> parts) => FixedSyntax.Expression(
        "System.IO.Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData, "
        + $"System.Environment.SpecialFolderOption.Create), {string.Join(", ", parts.Select(part => part.WithoutTrivia()))})");

    private static string Name(ExpressionSyntax path)
    {
        return path.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken))
            .Select(token => token.ValueText.TrimEnd('/', '\\'))
            .Select(text => text.Substring(text.LastIndexOfAny(['/', '\\']) + 1))
            .LastOrDefault(text => text.Trim(NotInNames).Length > 0) ?? "engine-cache";
    }
}
