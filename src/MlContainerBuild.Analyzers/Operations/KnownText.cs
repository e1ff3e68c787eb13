using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>
/// What the source alone says about a string: literals, constants, read-only fields with an initialiser, locals with one
/// value, concatenation, interpolation, <c>string.Format</c> and <c>Concat</c>, <c>Path.Combine</c>, <c>new Uri(…)</c>. A part
/// that only the running program knows is one <see cref="Hole"/>.
/// </summary>
internal readonly struct KnownText
{
    internal const char Hole = '\0';

    /// <summary>More than any path, address or command line; what is longer counts as unknown.</summary>
    private const int MaximumLength = 32_768;

    /// <summary>Parts that are looked at: locals that double each other would otherwise take as long as they like.</summary>
    private const int MaximumSteps = 512;

    private const int MaximumDepth = 24;

    private KnownText(string text) => Text = text;

    /// <summary>The text, with holes.</summary>
    internal string Text { get; }

    internal bool IsConstant => Text.IndexOf(Hole) < 0;

    internal static KnownText Of(IOperation operation)
    {
        var reader = new Reader();
        reader.Append(operation, MaximumDepth);
        return new KnownText(reader.Text.Length <= MaximumLength ? reader.Text.ToString() : Hole.ToString());
    }

    /// <summary>The whole text; null when any part of it is unknown.</summary>
    internal static string? ConstantOf(IOperation? operation) =>
        operation is not null && Of(operation) is { IsConstant: true } known ? known.Text : null;

    private sealed class Reader
    {
        private int steps = MaximumSteps;

        internal StringBuilder Text { get; } = new();

        internal void Append(IOperation operation, int depth)
        {
            operation = operation.Unwrap();
            if (operation.ConstantValue.HasValue)
            {
                Text.Append(Convert.ToString(operation.ConstantValue.Value, CultureInfo.InvariantCulture));
                return;
            }

            if (depth == 0 || --steps < 0 || Text.Length > MaximumLength)
            {
                Text.Append(Hole);
                return;
            }

            switch (operation)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } addition:
                    AppendConcatenation(addition, depth - 1);
                    break;
                case IInterpolatedStringOperation interpolated:
                    AppendParts(interpolated, depth - 1);
                    break;
                case IInterpolatedStringHandlerCreationOperation { Content: IInterpolatedStringOperation content }:
                    AppendParts(content, depth - 1);
                    break;
                case ILocalReferenceOperation local when LocalValue.Of(local) is { } value:
                    Append(value, depth - 1);
                    break;
                case IFieldReferenceOperation field:
                    AppendField(field, depth - 1);
                    break;
                case IInvocationOperation call:
                    AppendCall(call, depth - 1);
                    break;
                case IObjectCreationOperation { Type: { Name: "Uri" } type, Arguments.Length: > 0 } uri when type.ContainingNamespace.Is("System"):
                    Append(uri.Arguments[0].Value, depth - 1);
                    break;
                default:
                    Text.Append(Hole);
                    break;
            }
        }

        /// <summary>Iterative on the left side: generated code concatenates thousands of terms.</summary>
        private void AppendConcatenation(IBinaryOperation addition, int depth)
        {
            var terms = new Stack<IOperation>();
            IOperation left = addition;
            while (left.Unwrap() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false } inner)
            {
                terms.Push(inner.RightOperand);
                left = inner.LeftOperand;
            }

            Append(left, depth);
            while (terms.Count > 0)
                Append(terms.Pop(), depth);
        }

        private void AppendParts(IInterpolatedStringOperation interpolated, int depth)
        {
            foreach (IInterpolatedStringContentOperation part in interpolated.Parts)
            {
                switch (part)
                {
                    case IInterpolatedStringTextOperation literal:
                        Append(literal.Text, depth);
                        break;
                    case IInterpolationOperation { FormatString: null, Alignment: null } interpolation:
                        Append(interpolation.Expression, depth);
                        break;
                    case IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments.Length: > 0 } append }:
                        Append(append.Arguments[0].Value, depth);
                        break;
                    default:
                        Text.Append(Hole);
                        break;
                }
            }
        }

        private void AppendField(IFieldReferenceOperation reference, int depth)
        {
            if (reference.Field is { ContainingType.SpecialType: SpecialType.System_String, Name: "Empty" })
                return;

            if (FieldValue.Of(reference) is { } value)
                Append(value, depth);
            else if (FieldValue.SyntaxOf(reference) is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression))
                Text.Append(literal.Token.ValueText);
            else
                Text.Append(Hole);
        }

        private void AppendCall(IInvocationOperation call, int depth)
        {
            IMethodSymbol method = call.TargetMethod;
            if (method.ContainingType.SpecialType == SpecialType.System_String && method is { IsStatic: true, Name: "Concat" })
            {
                foreach (IOperation argument in Arguments(call, 0))
                    Append(argument, depth);
            }
            else if (method.ContainingType.SpecialType == SpecialType.System_String && method is { IsStatic: true, Name: "Format" })
            {
                int format = method.Parameters[0].Type.SpecialType == SpecialType.System_String ? 0 : 1;
                AppendFormat(Of(call.Arguments[format].Value).Text, [.. Arguments(call, format + 1)], depth);
            }
            else if (method is { Name: "ToString", Parameters.Length: <= 1 } && call.Instance is { } instance
                && (instance.Unwrap().ConstantValue.HasValue || method.ContainingType.SpecialType == SpecialType.System_String))
            {
                Append(instance, depth);
            }
            else if (method.Name is "Combine" or "Join" && method.ContainingType.Name == "Path" && method.ContainingNamespace.Is("System", "IO"))
            {
                bool isFirst = true;
                foreach (IOperation argument in Arguments(call, 0))
                {
                    if (!isFirst)
                        Text.Append('/');

                    isFirst = false;
                    Append(argument, depth);
                }
            }
            else
            {
                Text.Append(Hole);
            }
        }

        /// <summary>Only <c>{0}</c> is filled in: an item with alignment or format is a hole.</summary>
        private void AppendFormat(string format, IReadOnlyList<IOperation> arguments, int depth)
        {
            for (int i = 0; i < format.Length; i++)
            {
                char c = format[i];
                if (c is not ('{' or '}') || (i + 1 < format.Length && format[i + 1] == c))
                {
                    Text.Append(c);
                    i += c is '{' or '}' ? 1 : 0;
                    continue;
                }

                int end = format.IndexOf('}', i);
                if (end < 0)
                {
                    Text.Append(Hole);
                    return;
                }

                if (int.TryParse(format.Substring(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < arguments.Count)
                    Append(arguments[index], depth);
                else
                    Text.Append(Hole);

                i = end;
            }
        }

        /// <summary>The arguments from a position on, with a <c>params</c> array taken apart.</summary>
        private static IEnumerable<IOperation> Arguments(IInvocationOperation call, int from)
        {
            foreach (IArgumentOperation argument in call.Arguments)
            {
                if (argument.Parameter is null || argument.Parameter.Ordinal < from)
                    continue;

                if (argument.ArgumentKind == ArgumentKind.DefaultValue)
                    continue;

                foreach (IOperation element in CollectionElements.Of(argument.Value) ?? [argument.Value])
                    yield return element;
            }
        }
    }
}
