using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>The name of the member, variable, parameter or entry that a value is written to.</summary>
internal static class TargetName
{
    /// <summary>The name; null where the value goes nowhere that has one.</summary>
    internal static string? Of(IOperation value)
    {
        IOperation? operation = value.Parent;
        while (operation is IConversionOperation or IParenthesizedOperation or ICoalesceOperation or IConditionalOperation { Type: not null })
            operation = operation.Parent;

        return operation switch
        {
            IReturnOperation => ReturningProperty(value),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol.Name,
            IFieldInitializerOperation field => field.InitializedFields.FirstOrDefault()?.Name,
            IPropertyInitializerOperation property => property.InitializedProperties.FirstOrDefault()?.Name,
            IParameterInitializerOperation parameter => parameter.Parameter.Name,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } entry } => KeyOf(entry),
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation member } assignment when assignment.Target != value => member.Member.Name,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local.Name,
            ISimpleAssignmentOperation { Target: IParameterReferenceOperation parameter } => parameter.Parameter.Name,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add", Arguments: { Length: 2 } arguments } } argument when argument == arguments[1] => EntryName.Of(KnownText.ConstantOf(arguments[0].Value)),
            _ => null,
        };
    }

    /// <summary>What a property returns is what it is called; a method is called for what it does.</summary>
    private static string? ReturningProperty(IOperation value) =>
        value.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is PropertyDeclarationSyntax property ? property.Identifier.ValueText : null;

    private static string? KeyOf(IPropertyReferenceOperation entry) =>
        entry.Arguments.Length == 1 ? EntryName.Of(KnownText.ConstantOf(entry.Arguments[0].Value)) : null;
}
