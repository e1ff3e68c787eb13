using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>
/// Text that statements put together in a local: <c>builder.Append(a); builder.Append(b);</c> and <c>text += b;</c>. What one
/// of them appends may only mean something with what the others do.
/// </summary>
internal static class AppendedText
{
    /// <summary>A connection string has few parts; a builder with more of them writes something else.</summary>
    private const int MaximumParts = 64;

    internal static bool IsAppended(IOperation expression) => Target(expression) is not null;

    /// <summary>The whole text of the local that the expression is appended to, and where the expression's own text starts in it; null when it is appended to none.</summary>
    internal static (string Text, int Start)? Around(IOperation expression)
    {
        if (Target(expression) is not { } local)
            return null;

        var text = new StringBuilder();
        int start = -1, parts = 0;
        foreach (IOperation operation in expression.Root().Descendants())
        {
            IOperation? appended = operation switch
            {
                IVariableDeclaratorOperation declarator when IsSame(declarator.Symbol, local) => declarator.GetVariableInitializer()?.Value,
                ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Target: ILocalReferenceOperation target } sum when IsSame(target.Local, local) => sum.Value,
                IInvocationOperation call when TextComposition.IsWholeText(call) && IsSame(Receiver(call), local) => call,
                _ => null,
            };

            if (appended is null)
                continue;

            if (++parts > MaximumParts)
                return null;

            if (appended.Unwrap() == expression)
                start = text.Length;

            text.Append(KnownText.WrittenIn(appended).Text);
        }

        return start < 0 ? null : (text.ToString(), start);
    }

    private static ILocalSymbol? Target(IOperation expression) => expression switch
    {
        IInvocationOperation call => Receiver(call),
        { Parent: ICompoundAssignmentOperation { Target: ILocalReferenceOperation target } sum } when sum.Value == expression => target.Local,
        { Parent: IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } symbol } } } => symbol,
        _ => null,
    };

    /// <summary>The local at the start of a chain of appends.</summary>
    private static ILocalSymbol? Receiver(IInvocationOperation call)
    {
        IOperation? instance = call;
        while (instance is IInvocationOperation { TargetMethod.Name: "Append" or "AppendLine" or "AppendFormat" } link)
            instance = link.Instance?.Unwrap();

        return (instance as ILocalReferenceOperation)?.Local;
    }

    private static bool IsSame(ISymbol? one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
