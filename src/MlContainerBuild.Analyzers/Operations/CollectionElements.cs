using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>The elements a collection is written with.</summary>
internal static class CollectionElements
{
    /// <summary><c>OperationKind.CollectionExpression</c> of Roslyn 4.10 and later.</summary>
    private const OperationKind CollectionExpression = (OperationKind)0x7f;

    /// <summary>
    /// The elements of an array creation, a collection initialiser or a collection expression, the latter two also behind a
    /// local with one value; null when the operation is none of these.
    /// </summary>
    internal static IReadOnlyList<IOperation>? Of(IOperation operation)
    {
        operation = operation.Unwrap();
        switch (operation)
        {
            case IArrayCreationOperation { Initializer: { } initializer }:
                return initializer.ElementValues;
            case IObjectCreationOperation { Initializer: { } initializer }:
                return Added(initializer);
            case IObjectOrCollectionInitializerOperation initializer:
                return Added(initializer);
            case ILocalReferenceOperation local when LocalValue.Of(local) is { } value && value.Unwrap() is not ILocalReferenceOperation:
                return Of(value);
        }

        // The operation of a collection expression came with a later Roslyn than the one these rules are built on: its
        // children are the elements, behind the conversions to the element type.
        return operation.Syntax is CollectionExpressionSyntax || IsParameterCollection(operation)
            ? [.. operation.ChildOperations.Select(element => element.Unwrap())]
            : null;
    }

    /// <summary>Whether the operation is the collection that the compiler makes of arguments for <c>params ReadOnlySpan&lt;string&gt;</c>.</summary>
    internal static bool IsParameterCollection(IOperation operation) =>
        operation.IsImplicit && operation.Kind == CollectionExpression && operation.Parent is IArgumentOperation;

    private static List<IOperation> Added(IObjectOrCollectionInitializerOperation initializer)
    {
        var elements = new List<IOperation>();
        foreach (IOperation member in initializer.Initializers)
        {
            if (member is IInvocationOperation { TargetMethod.Name: "Add", Arguments.Length: 1 } add)
                elements.Add(add.Arguments[0].Value);
        }

        return elements;
    }
}
