using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>Where a variable or member is used.</summary>
internal static class NamedUses
{
    private const int MaximumUses = 64, MaximumFiles = 8;

    internal static IEnumerable<IOperation> In(SyntaxNode scope, string name, SemanticModel model)
    {
        foreach (IdentifierNameSyntax use in scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == name).Take(MaximumUses))
        {
            if ((model.GetOperation(use) ?? (use.Parent is { } access ? model.GetOperation(access) : null)) is { } reference)
                yield return reference;
        }
    }

    /// <summary>The uses of a field that others see, in the other files of the compilation. Looks at the text first: nearly no file names it.</summary>
    internal static IEnumerable<IOperation> InOtherFiles(IFieldSymbol field, SemanticModel model)
    {
        if (!field.IsConst || field.DeclaredAccessibility == Accessibility.Private)
            yield break;

        var files = model.Compilation.SyntaxTrees.Where(file => file != model.SyntaxTree && file.GetText().ToString().Contains(field.Name)).Take(MaximumFiles);
        foreach (SyntaxTree file in files)
        {
#pragma warning disable RS1030 // Asked only where a credential was found, and for files that name it: the alternative is to tell it twice.
            SemanticModel other = model.Compilation.GetSemanticModel(file);
#pragma warning restore RS1030
            foreach (IOperation reference in In(file.GetRoot(), field.Name, other))
            {
                if (reference is IFieldReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Field, field))
                    yield return reference;
            }
        }
    }
}
