using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// Takes a command line that is written as one interpolated or concatenated string apart into an expression an argument.
/// </summary>
internal static class CommandTokens
{
    /// <summary>A value with such a name is several arguments already: as one it would mean something else.</summary>
    private static readonly string[] SeveralArguments = ["arg", "option", "flag", "param", "command", "cmd", "switch"];

    /// <summary>The arguments; null when the text does not say where they begin and end.</summary>
    internal static IReadOnlyList<ExpressionSyntax>? Split(ExpressionSyntax commandLine, SemanticModel model)
    {
        var parts = new List<(string? Text, ExpressionSyntax? Value)>();
        if (!Flatten(commandLine, parts) || parts.All(part => part.Text is null))
            return null;

        var tokens = new List<ExpressionSyntax>();
        var current = new List<(string? Text, ExpressionSyntax? Value)>();
        bool isQuoted = false;
        foreach ((string? text, ExpressionSyntax? value) in parts)
        {
            if (value is not null)
            {
                if (!isQuoted && MayBeSeveral(value, model))
                    return null;

                current.Add((null, value));
                continue;
            }

            foreach (char c in text!)
            {
                if (c is '\'' or '\\' || (isQuoted && char.IsControl(c)))
                    return null;

                if (c == '"')
                {
                    isQuoted = !isQuoted;
                }
                else if (char.IsWhiteSpace(c) && !isQuoted)
                {
                    Finish(current, tokens, model);
                }
                else
                {
                    current.Add((c.ToString(), null));
                }
            }
        }

        Finish(current, tokens, model);
        return isQuoted || tokens.Any(token => token.IsMissing) ? null : tokens;
    }

    /// <summary>By its name; because it is put together from others; or because it can be an option, several words, or nothing at all.</summary>
    private static bool MayBeSeveral(ExpressionSyntax value, SemanticModel model)
    {
        if (SeveralArguments.Any(word => value.ToString().IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            || (value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Format" or "Join" or "Concat" } receiver }
                && model.GetTypeInfo(receiver.Expression).Type?.SpecialType is null or SpecialType.System_String))
        {
            return true;
        }

        return Written(value, model).SelectMany(source => source.DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken))
            .Any(token => token.ValueText.Length == 0 || token.ValueText[0] == '-' || token.ValueText.Any(char.IsWhiteSpace));
    }

    /// <summary>The value itself and, of a variable, all that its declaration and its member give it.</summary>
    private static IEnumerable<SyntaxNode> Written(ExpressionSyntax value, SemanticModel model)
    {
        if (value is not IdentifierNameSyntax name)
            return value is InvocationExpressionSyntax ? [] : [value];

        IEnumerable<SyntaxNode> initial = (model.GetSymbolInfo(name).Symbol?.DeclaringSyntaxReferences ?? [])
            .Select(reference => reference.GetSyntax()).OfType<VariableDeclaratorSyntax>().Where(declarator => declarator.Initializer is not null);
        SyntaxNode member = name.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? name.SyntaxTree.GetRoot();
        return initial.Concat(member.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left is IdentifierNameSyntax target && target.Identifier.ValueText == name.Identifier.ValueText));
    }

    private static bool Flatten(ExpressionSyntax expression, List<(string? Text, ExpressionSyntax? Value)> parts)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Flatten(parenthesized.Expression, parts);
            case LiteralExpressionSyntax { Token.Value: string text }:
                parts.Add((text, null));
                return true;
            case BinaryExpressionSyntax addition when addition.IsKind(SyntaxKind.AddExpression):
                return Flatten(addition.Left, parts) && Flatten(addition.Right, parts);
            case InterpolatedStringExpressionSyntax interpolated:
                foreach (InterpolatedStringContentSyntax content in interpolated.Contents)
                {
                    switch (content)
                    {
                        case InterpolatedStringTextSyntax text:
                            parts.Add((text.TextToken.ValueText.Replace("{{", "{").Replace("}}", "}"), null));
                            break;
                        case InterpolationSyntax { AlignmentClause: null, FormatClause: null } interpolation:
                            parts.Add((null, interpolation.Expression));
                            break;
                        default:
                            return false;
                    }
                }

                return true;
            case IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax:
                parts.Add((null, expression));
                return true;
            default:
                return false;
        }
    }

    private static void Finish(List<(string? Text, ExpressionSyntax? Value)> current, List<ExpressionSyntax> tokens, SemanticModel model)
    {
        if (current.Count == 0)
            return;

        tokens.Add(
            current.All(part => part.Value is null) ? FixedSyntax.Text(string.Concat(current.Select(part => part.Text)))
            : current is [{ Value: { } value }] && IsText(value, model) ? value.WithoutTrivia()
            : CanBeInterpolated(current) ? Interpolated(current)
            : SyntaxFactory.IdentifierName(SyntaxFactory.MissingToken(SyntaxKind.IdentifierToken)));
        current.Clear();
    }

    /// <summary>A string that is one: null is no argument, but in text nothing.</summary>
    private static bool IsText(ExpressionSyntax value, SemanticModel model) =>
        model.GetTypeInfo(value) is { Type.SpecialType: SpecialType.System_String, Nullability.FlowState: not NullableFlowState.MaybeNull };

    /// <summary>Before C# 11 an interpolation holds no quotation mark.</summary>
    private static bool CanBeInterpolated(List<(string? Text, ExpressionSyntax? Value)> parts) =>
        parts.All(part => part.Value is not { } value
            || !value.ToString().Contains('"')
            || value.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= (LanguageVersion)1100 });

    private static ExpressionSyntax Interpolated(List<(string? Text, ExpressionSyntax? Value)> parts)
    {
        var code = new StringBuilder("$\"");
        foreach ((string? text, ExpressionSyntax? value) in parts)
        {
            if (value is null)
                code.Append(text is "{" or "}" ? text + text : text);
            else
                code.Append('{').Append(value is ConditionalExpressionSyntax ? $"({value})" : value.ToString()).Append('}');
        }

        return SyntaxFactory.ParseExpression(code.Append('"').ToString());
    }
}
