using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.OnnxRuntime;

/// <summary>What becomes of the session options that a provider is appended to.</summary>
internal static class SessionOptionsUse
{
    /// <summary>Words of the methods that append a provider.</summary>
    internal static readonly string[] AppendWords = ["AppendExecutionProvider*", "MakeSessionOptionWith*"];

    /// <summary>
    /// True when the options are a local of this member that nothing ever takes: no session is made with them, the call only
    /// finds out whether the provider is there.
    /// </summary>
    internal static bool IsProbe(IInvocationOperation append)
    {
        IOperation? receiver = append.Instance;
        if (receiver is IConditionalAccessInstanceOperation)
            receiver = (append.Parent as IConditionalAccessOperation)?.Operation;

        switch (receiver?.Unwrap())
        {
            // MakeSessionOptionWith…: the result is thrown away, or kept in a local that is not used.
            case null when append.TargetMethod.IsStatic:
                return append.Parent switch
                {
                    IExpressionStatementOperation or IInvocationOperation { TargetMethod.Name: "Dispose" } => true,
                    IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => StaysIn(append, declarator.Symbol),
                    ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => StaysIn(append, target.Local),
                    _ => false,
                };

            case ILocalReferenceOperation local:
                return StaysIn(append, local.Local);

            case IObjectCreationOperation:
                return true;

            default:
                return false;
        }
    }

    /// <summary>The local only ever holds session options made here, and is only used as itself.</summary>
    private static bool StaysIn(IOperation inMember, ILocalSymbol local)
    {
        foreach (IOperation operation in inMember.Root().DescendantsAndSelf())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local)
                && declarator.GetVariableInitializer() is { } initializer && !IsMadeHere(initializer.Value))
            {
                return false;
            }

            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local))
                continue;

            bool isOwnMember = reference.Parent switch
            {
                IInvocationOperation call => call.Instance == reference,
                IPropertyReferenceOperation property => property.Instance == reference,
                IConditionalAccessOperation access => access.Operation == reference,
                ISimpleAssignmentOperation assignment => assignment.Target == reference && IsMadeHere(assignment.Value),
                IUsingOperation or IConversionOperation { Parent: IUsingOperation } => true,
                _ => false,
            };

            if (!isOwnMember)
                return false;
        }

        return true;
    }

    private static bool IsMadeHere(IOperation value) => value.Unwrap() switch
    {
        IObjectCreationOperation => true,
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "SessionOptions" } } => true,
        { ConstantValue: { HasValue: true, Value: null } } => true,
        _ => false,
    };
}
