using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>
/// Whether a key goes to a server on this machine. Those of language models want some key and take any; the statement that
/// creates the client says where it goes.
/// </summary>
internal static class LoopbackEndpoint
{
    private const int MaximumOperations = 400;

    internal static bool IsNear(IOperation value)
    {
        IOperation statement = Statement(value);
        if (Names(statement))
            return true;

        // The credential may be made first and given to the client in a later statement.
        return statement is IVariableDeclarationGroupOperation { Declarations: { Length: > 0 } declarations }
            && declarations[0].Declarators is { Length: > 0 } declarators
            && value.Root().Descendants().OfType<ILocalReferenceOperation>()
                .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, declarators[0].Symbol))
                .Take(8)
                .Any(reference => Names(Statement(reference)));
    }

    private static IOperation Statement(IOperation operation)
    {
        while (operation.Parent is { } parent and not (IBlockOperation or IMethodBodyBaseOperation or IAnonymousFunctionOperation))
            operation = parent;

        return operation;
    }

    private static bool Names(IOperation statement)
    {
        foreach (IOperation operation in statement.Descendants().Take(MaximumOperations))
        {
            bool isLocal = operation switch
            {
                ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } => IsLocal(text),
                ILocalReferenceOperation reference => LocalValue.Of(reference) is { } assigned && assigned.DescendantsAndSelf().Take(MaximumOperations).Any(IsLocalText),
                _ => operation.ConstantValue is { HasValue: true, Value: string text } && IsLocal(text),
            };

            if (isLocal)
                return true;
        }

        return false;
    }

    private static bool IsLocalText(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: string text } && IsLocal(text);

    /// <summary>Whether the text is an address on this machine.</summary>
    internal static bool IsLocal(string text) =>
        text.Length is > 10 and < 2048 && text.Contains("://")
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && (uri.IsLoopback || uri.Host is "host.docker.internal" or "0.0.0.0" || uri.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase));
}
