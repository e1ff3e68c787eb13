using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>
/// The next place a value goes to that has a name: a parameter, a member or variable, an entry of a dictionary or header, the
/// member that returns it, what it is compared with.
/// </summary>
internal readonly struct Destination
{
    private const int MaximumDepth = 16;

    private Destination(string name, IOperation value, ISymbol? symbol = null, ITypeSymbol? collection = null)
    {
        Name = name;
        Value = value;
        Symbol = symbol;
        Collection = collection;
    }

    /// <summary>Of the parameter, member or variable; the key of an entry.</summary>
    internal string Name { get; }

    /// <summary>What arrives there: the value itself or what was made of it.</summary>
    internal IOperation Value { get; }

    /// <summary>The parameter, member or variable; null for an entry.</summary>
    internal ISymbol? Symbol { get; }

    /// <summary>The type whose parameter or member it is; null for an entry and for variables.</summary>
    internal INamedTypeSymbol? Owner => Symbol is ILocalSymbol ? null : Symbol?.ContainingType;

    /// <summary>The type that <see cref="Name"/> is an entry of; null where it is none.</summary>
    internal ITypeSymbol? Collection { get; }

    internal static Destination OfField(IFieldSymbol field, IOperation value) => new(field.Name, value, field);

    /// <param name="member">The member that contains the value: the name of what is returned.</param>
    internal static Destination? Of(IOperation value, ISymbol? member)
    {
        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            IOperation? parent = value.Parent;
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or ISwitchExpressionArmOperation or IArrayInitializerOperation or IArrayCreationOperation:
                case IAnonymousFunctionOperation or IDelegateCreationOperation or { Syntax: CollectionExpressionSyntax }:
                case IInterpolationOperation or IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add }:
                case ISwitchExpressionOperation choice when choice.Value != value:
                case ICoalesceOperation:
                case IConditionalOperation { Type: not null } conditional when conditional.Condition != value:
                case IInvocationOperation call when call.Instance == value && IsConversion(call.TargetMethod):
                    value = parent;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation call } when IsConversion(call.TargetMethod):
                    value = call;
                    continue;
                case IArgumentOperation { Parent: IObjectCreationOperation { Type.SpecialType: SpecialType.System_String } text }:
                    value = text;
                    continue;
                case IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation function } }:
                    value = function;
                    continue;
                case ITupleOperation tuple:
                    return OfElement(tuple, value);
                case IArgumentOperation argument:
                    return OfArgument(argument, value);
                case ISimpleAssignmentOperation assignment when assignment.Value == value:
                    return OfTarget(assignment.Target, value);
                case ICoalesceAssignmentOperation assignment when assignment.Value == value:
                    return OfTarget(assignment.Target, value);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } }:
                    return new Destination(local.Name, value, local);
                case IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields }:
                    return new Destination(fields[0].Name, value, fields[0]);
                case IPropertyInitializerOperation { InitializedProperties: { Length: > 0 } properties }:
                    return new Destination(properties[0].Name, value, properties[0]);
                case IParameterInitializerOperation { Parameter: { } parameter }:
                    return new Destination(parameter.Name, value, parameter);
                case IReturnOperation { Parent: IBlockOperation { Parent: ILocalFunctionOperation function } }:
                    return new Destination(function.Symbol.Name, value, function.Symbol);
                case IReturnOperation when Returning(member) is { } returning:
                    return new Destination(returning.Name, value, returning);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                    return OfComparison(comparison.LeftOperand == value ? comparison.RightOperand : comparison.LeftOperand, value);
                case IConstantPatternOperation { Parent: IIsPatternOperation match }:
                    return OfComparison(match.Value, value);
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary><c>(User: "…", Password: "…")</c>, also where only the type has the names, and <c>var (user, password) = ("…", "…")</c>.</summary>
    private static Destination? OfElement(ITupleOperation tuple, IOperation value)
    {
        int index = tuple.Elements.IndexOf(value);
        IOperation? user = tuple.Parent;
        ITypeSymbol? type = tuple.Type;
        while (user is IConversionOperation conversion)
            (user, type) = (conversion.Parent, conversion.Type);

        if (user is IDeconstructionAssignmentOperation { Target: var target })
        {
            var variables = ((target as IDeclarationExpressionOperation)?.Expression ?? target) as ITupleOperation;
            return variables is not null && index < variables.Elements.Length ? OfTarget((variables.Elements[index] as IDeclarationExpressionOperation)?.Expression ?? variables.Elements[index], value) : null;
        }

        return type is INamedTypeSymbol { TupleElements: { IsDefault: false } elements } && index < elements.Length && elements[index].IsExplicitlyNamedTupleElement
            ? new Destination(elements[index].Name, value)
            : null;
    }

    private static Destination? OfArgument(IArgumentOperation argument, IOperation value)
    {
        if (argument.Parameter is not { } parameter)
            return null;

        IOperation? user = argument.Parent;
        if (user is IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String } } comparison)
            return (comparison.Instance ?? comparison.Arguments.FirstOrDefault(other => other != argument)?.Value) is { } compared ? OfComparison(compared, value) : null;

        if (parameter.Ordinal > 0 && user is IInvocationOperation or IObjectCreationOperation or IPropertyReferenceOperation)
        {
            // Add(name, value), WithHeader(name, value), SetEnvironmentVariable(name, value): the name is what was given before.
            (ITypeSymbol? collection, var arguments) = user switch
            {
                IInvocationOperation call => (call.Instance?.Type ?? call.TargetMethod.ContainingType, call.Arguments),
                IObjectCreationOperation creation => (creation.Type, creation.Arguments),
                _ => (((IPropertyReferenceOperation)user).Instance?.Type, ((IPropertyReferenceOperation)user).Arguments),
            };

            IArgumentOperation? key = arguments.FirstOrDefault(other => other.Parameter?.Ordinal == parameter.Ordinal - 1);
            bool isEntry = (parameter.Name is "values" or "item2" or "val" || parameter.Name.EndsWith("value", StringComparison.OrdinalIgnoreCase)) && key is not null;
            if (isEntry && KnownText.ConstantOf(key!.Value) is { Length: > 0 } name)
                return new Destination(name, value, collection: collection);
        }

        return new Destination(parameter.Name, value, parameter);
    }

    private static Destination? OfTarget(IOperation target, IOperation value)
    {
        switch (target)
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } entry:
                return KnownText.ConstantOf(entry.Arguments[0].Value) is { Length: > 0 } key ? new Destination(key, value, collection: entry.Instance?.Type) : null;
            case IMemberReferenceOperation member:
                return NameBeside(member) is { } name ? new Destination(name, value, collection: member.Member.ContainingType) : new Destination(member.Member.Name, value, member.Member);
            case ILocalReferenceOperation local:
                return new Destination(local.Local.Name, value, local.Local);
            case IParameterReferenceOperation parameter:
                return new Destination(parameter.Parameter.Name, value, parameter.Parameter);
            default:
                return null;
        }
    }

    /// <summary>"DB_PASSWORD" of <c>new EnvVar { Name = "DB_PASSWORD", Value = "…" }</c>.</summary>
    private static string? NameBeside(IMemberReferenceOperation member)
    {
        if (member.Member.Name != "Value" || member.Parent?.Parent is not IObjectOrCollectionInitializerOperation { Initializers: var siblings })
            return null;

        var name = siblings.OfType<ISimpleAssignmentOperation>().FirstOrDefault(sibling => sibling.Target is IMemberReferenceOperation { Member.Name: "Name" or "Key" });
        return name is null ? null : KnownText.ConstantOf(name.Value);
    }

    private static Destination? OfComparison(IOperation other, IOperation value) => other.Unwrap() switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: var key }] } => KnownText.ConstantOf(key) is { Length: > 0 } name ? new Destination(name, value) : null,
        IMemberReferenceOperation member => new Destination(member.Member.Name, value, member.Member),
        ILocalReferenceOperation local => new Destination(local.Local.Name, value, local.Local),
        IParameterReferenceOperation parameter => new Destination(parameter.Parameter.Name, value, parameter.Parameter),
        _ => null,
    };

    /// <summary>Bytes of a text, text without blanks: the same secret in another form.</summary>
    private static bool IsConversion(IMethodSymbol method) => method.Name switch
    {
        "GetBytes" => method.ContainingType.Name is "Encoding" or "UTF8Encoding" or "ASCIIEncoding" or "UnicodeEncoding",
        "FromBase64String" or "FromHexString" or "ToBase64String" => method.ContainingType.Name == "Convert",
        "ToCharArray" or "Trim" or "ToString" or "ToArray" or "AsSpan" or "AsMemory" => true,
        _ => false,
    };

    private static ISymbol? Returning(ISymbol? member) => member is IMethodSymbol { AssociatedSymbol: { } property } ? property : member;
}
