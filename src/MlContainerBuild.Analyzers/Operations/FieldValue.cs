using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>Follows a read-only field to its initialiser.</summary>
internal static class FieldValue
{
    /// <summary>
    /// The initialiser of a read-only field in the same file; null without one. Another file's semantic model is not an
    /// analyzer's to ask for.
    /// </summary>
    internal static IOperation? Of(IFieldReferenceOperation reference) =>
        SyntaxOf(reference) is { } value && reference.SemanticModel is { } model && model.SyntaxTree == value.SyntaxTree
            ? model.GetOperation(value)
            : null;

    /// <summary>The initialiser as it is written, in whatever file.</summary>
    internal static ExpressionSyntax? SyntaxOf(IFieldReferenceOperation reference) =>
        reference.Field.IsReadOnly
        && reference.Field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
            ? value
            : null;
}
