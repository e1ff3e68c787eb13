using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>Follows a local to the one value it ever has in its member.</summary>
internal static class LocalValue
{
    /// <summary>The value of a local that is written exactly once, by declaration or assignment; null otherwise.</summary>
    internal static IOperation? Of(ILocalReferenceOperation reference)
    {
        IOperation? value = null;
        foreach (IOperation operation in reference.Root().DescendantsAndSelf())
        {
            IOperation? written;
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when IsSame(declarator.Symbol, reference.Local):
                    if (declarator.GetVariableInitializer() is not { } initializer)
                        continue;

                    written = initializer.Value;
                    break;
                case ILocalReferenceOperation other when IsSame(other.Local, reference.Local) && IsWrite(other):
                    if (other.Parent is not ISimpleAssignmentOperation assignment)
                        return null;

                    written = assignment.Value;
                    break;
                default:
                    continue;
            }

            if (value is not null)
                return null;

            value = written;
        }

        return value;
    }

    /// <summary>What a local is declared with, whatever is written to it later.</summary>
    internal static IOperation? Initial(ILocalReferenceOperation reference) =>
        reference.Root().Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => IsSame(declarator.Symbol, reference.Local))?.GetVariableInitializer()?.Value;

    /// <summary>The outermost operation of the member (or field initialiser, or attribute) that contains this one.</summary>
    internal static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;

        return operation;
    }

    /// <summary>The operation without the conversions and parentheses around it.</summary>
    internal static IOperation Unwrap(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    private static bool IsWrite(ILocalReferenceOperation reference) => reference.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target == reference,
        ICompoundAssignmentOperation assignment => assignment.Target == reference,
        ICoalesceAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation or IAddressOfOperation => true,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        ITupleOperation tuple => tuple.Parent is IDeconstructionAssignmentOperation deconstruction && deconstruction.Target == tuple,
        IDeclarationExpressionOperation or IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } } => true,
        _ => false,
    };

    private static bool IsSame(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
