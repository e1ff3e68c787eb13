using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>Expressions that put a text together, as <see cref="KnownText"/> reads them. A rule looks at the outermost: what is part of it has no meaning alone.</summary>
internal static class TextComposition
{
    /// <summary>The kinds of operation that write text or put it together.</summary>
    internal static readonly OperationKind[] Kinds =
        [OperationKind.Literal, OperationKind.Utf8String, OperationKind.Binary, OperationKind.InterpolatedString, OperationKind.Invocation];

    /// <summary>
    /// Whether the operation, of one of <see cref="Kinds"/>, is text and no part of a longer one. The default value of a
    /// parameter is text where it is declared, not again in every call that leaves it out.
    /// </summary>
    internal static bool IsWholeText(IOperation operation) =>
        !(operation is ILiteralOperation && operation.IsImplicit) && operation switch
        {
            ILiteralOperation literal => literal.ConstantValue.Value is string,
            IInvocationOperation call => IsComposing(call),
            IBinaryOperation binary => IsConcatenation(binary),
            _ => true,
        } && !IsPart(operation);

    private static bool IsPart(IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
            (operation, parent) = (parent, parent.Parent);

        switch (parent)
        {
            case IInterpolatedStringTextOperation or IInterpolationOperation:
                return true;
            case IBinaryOperation binary:
                return IsConcatenation(binary);
            case IInvocationOperation call:
                return IsComposing(call);
            case IArrayInitializerOperation { Parent: IArrayCreationOperation { Parent: IArgumentOperation { Parent: { } user } } }:
                return IsComposing(user);
            case IArgumentOperation { Parent: IObjectCreationOperation builder }:
                return IsStringBuilder(builder.Type) && builder.Parent is IInvocationOperation chain && IsComposing(chain);
            case IArgumentOperation { Parent: { } user }:
                return IsComposing(user);
            default:
                return parent is not null && CollectionElements.IsParameterCollection(parent) && parent.Parent is IArgumentOperation { Parent: { } composing } && IsComposing(composing);
        }
    }

    private static bool IsConcatenation(IBinaryOperation binary) =>
        binary is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String };

    private static bool IsComposing(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { } method }
        && (method.ContainingType.SpecialType == SpecialType.System_String
            ? method is { IsStatic: true, Name: "Concat" or "Format" or "Join" }
            : method.Name is "Append" or "AppendLine" or "AppendFormat" && IsStringBuilder(method.ContainingType));

    private static bool IsStringBuilder(ITypeSymbol? type) => type is { Name: "StringBuilder" } && type.ContainingNamespace.Is("System", "Text");
}
