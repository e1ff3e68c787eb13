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
    internal static IReadOnlyList<ExpressionSyntax>? Split(ExpressionSyntax commandLine)
    {
        var parts = new List<(string? Text, ExpressionSyntax? Value)>();
        if (!Flatten(commandLine, parts))
            return null;

        var tokens = new List<ExpressionSyntax>();
        var current = new List<(string? Text, ExpressionSyntax? Value)>();
        bool isQuoted = false;
        foreach ((string? text, ExpressionSyntax? value) in parts)
        {
            if (value is not null)
            {
                if (!isQuoted && SeveralArguments.Any(word => value.ToString().IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
                    return null;

                current.Add((null, value));
                continue;
            }

            foreach (char c in text!)
            {
                if (c is '\'' or '\\')
                    return null;

                if (c == '"')
                {
                    isQuoted = !isQuoted;
                }
                else if (char.IsWhiteSpace(c) && !isQuoted)
                {
                    Finish(current, tokens);
                }
                else
                {
                    current.Add((c.ToString(), null));
                }
            }
        }

        Finish(current, tokens);
        return isQuoted ? null : tokens;
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

    private static void Finish(List<(string? Text, ExpressionSyntax? Value)> current, List<ExpressionSyntax> tokens)
    {
        if (current.Count == 0)
            return;

        tokens.Add(current.All(part => part.Value is null)
            ? FixedSyntax.Text(string.Concat(current.Select(part => part.Text)))
            : Interpolated(current));
        current.Clear();
    }

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
