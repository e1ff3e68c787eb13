using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>
/// What the source alone says about a string: literals, constants, read-only fields with an initialiser, locals with one
/// value, concatenation, interpolation, <c>string.Format</c>, <c>Concat</c> and <c>Join</c>, a chain of
/// <c>StringBuilder.Append</c>, <c>Path.Combine</c>, <c>new Uri(…)</c>. A part that only the running program knows is one
/// <see cref="Hole"/>.
/// </summary>
internal readonly struct KnownText
{
    internal const char Hole = '\0';

    /// <summary>More than any path, address or command line; what is longer counts as unknown.</summary>
    private const int MaximumLength = 32_768;

    /// <summary>Parts that are looked at: locals that double each other would otherwise take as long as they like.</summary>
    private const int MaximumSteps = 512;

    private const int MaximumDepth = 24;

    private KnownText(string text, IReadOnlyList<TextPiece> pieces)
    {
        Text = text;
        Pieces = pieces;
    }

    /// <summary>The text, with holes.</summary>
    internal string Text { get; }

    /// <summary>Where the known parts of the text come from, in its order.</summary>
    internal IReadOnlyList<TextPiece> Pieces { get; }

    internal bool IsConstant => Text.IndexOf(Hole) < 0;

    internal static KnownText Of(IOperation operation) => Read(operation, new Reader(followsReferences: true));

    /// <summary>As <see cref="Of"/>, but of what stands in this expression: a local or read-only field is a hole. Costs no walk through the member.</summary>
    internal static KnownText WrittenIn(IOperation operation) => Read(operation, new Reader(followsReferences: false));

    private static KnownText Read(IOperation operation, Reader reader)
    {
        reader.Append(operation, MaximumDepth);
        return reader.Text.Length <= MaximumLength
            ? new KnownText(reader.Text.ToString(), reader.Pieces)
            : new KnownText(Hole.ToString(), []);
    }

    /// <summary>The whole text; null when any part of it is unknown.</summary>
    internal static string? ConstantOf(IOperation? operation) =>
        operation is not null && Of(operation) is { IsConstant: true } known ? known.Text : null;

    private sealed class Reader(bool followsReferences)
    {
        private int steps = MaximumSteps;

        internal StringBuilder Text { get; } = new();

        internal List<TextPiece> Pieces { get; } = [];

        internal void Append(IOperation operation, int depth)
        {
            operation = operation.Unwrap();
            bool isComposed = operation is IBinaryOperation { Type.SpecialType: SpecialType.System_String } or IInterpolatedStringOperation;
            if (operation.ConstantValue.HasValue && (!isComposed || depth == 0 || steps == 0))
            {
                AppendKnown(operation, Convert.ToString(operation.ConstantValue.Value, CultureInfo.InvariantCulture));
                return;
            }

            if (depth == 0 || steps == 0 || Text.Length > MaximumLength)
            {
                Text.Append(Hole);
                return;
            }

            steps--;
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
                case IUtf8StringOperation utf8:
                    AppendKnown(utf8, utf8.Value);
                    break;
                case ILocalReferenceOperation local when followsReferences && LocalValue.Of(local) is { } value:
                    Append(value, depth - 1);
                    break;
                case IFieldReferenceOperation field:
                    AppendField(field, depth - 1);
                    break;
                case IInvocationOperation { TargetMethod: { ContainingType: { Name: "StringBuilder" } type } } append when type.ContainingNamespace.Is("System", "Text"):
                    AppendChain(append, depth - 1);
                    break;
                case IInvocationOperation call:
                    AppendCall(call, depth - 1);
                    break;
                case IObjectCreationOperation { Type: { Name: "StringBuilder" } type } builder when type.ContainingNamespace.Is("System", "Text"):
                    if (builder.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "value") is { } start)
                        Append(start.Value, depth - 1);
                    break;
                case IObjectCreationOperation { Type: { Name: "Uri" } type, Arguments.Length: > 0 } uri when type.ContainingNamespace.Is("System"):
                    Append(uri.Arguments[0].Value, depth - 1);
                    break;
                default:
                    Text.Append(Hole);
                    break;
            }
        }

        private void AppendKnown(IOperation source, string text)
        {
            if (text.Length > 0)
                Pieces.Add(new TextPiece(Text.Length, text.Length, source));

            Text.Append(text);
        }

        /// <summary>Iterative on the left side: generated code concatenates thousands of terms.</summary>
        private void AppendConcatenation(IBinaryOperation addition, int depth)
        {
            var terms = new Stack<IOperation>();
            IOperation left = addition;
            while (left.Unwrap() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } inner)
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

            if (!followsReferences)
                Text.Append(Hole);
            else if (FieldValue.Of(reference) is { } value)
                Append(value, depth);
            else if (FieldValue.SyntaxOf(reference) is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression))
                AppendKnown(reference, literal.Token.ValueText);
            else
                Text.Append(Hole);
        }

        /// <summary><c>builder.Append(a).AppendLine(b)</c>: what the chain adds, from its first link on.</summary>
        private void AppendChain(IInvocationOperation last, int depth)
        {
            var links = new Stack<IInvocationOperation>();
            IOperation? link = last;
            while (link is IInvocationOperation { TargetMethod.ContainingType.Name: "StringBuilder", Arguments.Length: > 0 } call)
            {
                links.Push(call);
                link = call.Instance?.Unwrap();
            }

            if (link is IObjectCreationOperation)
                Append(link, depth);

            while (links.Count > 0)
            {
                IInvocationOperation call = links.Pop();
                switch (call.TargetMethod.Name)
                {
                    case "Append" or "AppendLine" when call.Arguments.Length == 1:
                        Append(call.Arguments[0].Value, depth);
                        break;
                    case "AppendFormat" when call.TargetMethod.Parameters[0].Type.SpecialType == SpecialType.System_String:
                        AppendFormat(call.Arguments[0].Value, [.. Arguments(call, 1)], depth);
                        break;
                    default:
                        Text.Append(Hole);
                        break;
                }

                if (call.TargetMethod.Name == "AppendLine")
                    Text.Append('\n');
            }
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
                AppendFormat(call.Arguments[format].Value, [.. Arguments(call, format + 1)], depth);
            }
            else if (method.ContainingType.SpecialType == SpecialType.System_String && method is { IsStatic: true, Name: "Join", Parameters.Length: > 1 })
            {
                AppendJoined(Of(call.Arguments[0].Value).Text, Arguments(call, 1), depth);
            }
            else if (method is { Name: "ToString", Parameters.Length: <= 1 } && call.Instance is { } instance
                && (instance.Unwrap().ConstantValue.HasValue || method.ContainingType.SpecialType == SpecialType.System_String))
            {
                Append(instance, depth);
            }
            else if (method.Name is "Combine" or "Join" && method.ContainingType.Name == "Path" && method.ContainingNamespace.Is("System", "IO"))
            {
                AppendJoined("/", Arguments(call, 0), depth);
            }
            else
            {
                Text.Append(Hole);
            }
        }

        private void AppendJoined(string separator, IEnumerable<IOperation> parts, int depth)
        {
            bool isFirst = true;
            foreach (IOperation part in parts)
            {
                if (!isFirst)
                    Text.Append(separator);

                isFirst = false;
                Append(part, depth);
            }
        }

        /// <summary>Only <c>{0}</c> is filled in: an item with alignment or format is a hole.</summary>
        private void AppendFormat(IOperation source, IReadOnlyList<IOperation> arguments, int depth)
        {
            string format = Of(source).Text;
            for (int i = 0; i < format.Length; i++)
            {
                int text = i;
                while (i < format.Length && format[i] is not ('{' or '}'))
                    i++;

                bool isEscape = i + 1 < format.Length && format[i + 1] == format[i];
                AppendKnown(source, format.Substring(text, i - text + (isEscape ? 1 : 0)));
                if (isEscape || i == format.Length)
                {
                    i++;
                    continue;
                }

                int end = format[i] == '{' ? format.IndexOf('}', i) : -1;
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
