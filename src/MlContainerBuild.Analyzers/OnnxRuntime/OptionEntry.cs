using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.OnnxRuntime;

/// <summary>
/// A key and a value written into options of an execution provider or session: an entry of a string dictionary
/// (<c>["k"] = v</c>, <c>{ "k", v }</c>, <c>Add</c>, <c>TryAdd</c>), <c>SessionOptions.AddSessionConfigEntry</c> or
/// <c>Config.SetProviderOption</c> of ONNX Runtime GenAI. The keys are unmistakable, so it need not be known which provider
/// takes the dictionary.
/// </summary>
internal readonly struct OptionEntry
{
    private OptionEntry(IOperation operation, string key, IOperation value, IOperation? target)
    {
        Operation = operation;
        Key = key;
        Value = value;
        Target = target;
    }

    internal IOperation Operation { get; }

    internal string Key { get; }

    internal IOperation Value { get; }

    /// <summary>What the entry is written into.</summary>
    private IOperation? Target { get; }

    /// <summary>The kinds of operation that <see cref="Read"/> knows.</summary>
    internal static readonly OperationKind[] Kinds = [OperationKind.SimpleAssignment, OperationKind.Invocation];

    /// <summary>Words of the API: beside them a key may be a constant of another file.</summary>
    internal static readonly string[] Words =
        ["OnnxRuntime*", "SessionOptions", "AppendExecutionProvider*", "MakeSessionOptionWith*", "UpdateOptions", "AddSessionConfigEntry", "SetProviderOption"];

    /// <summary>The entry that this operation writes; null when it writes none, or under a key that is not constant.</summary>
    internal static OptionEntry? Read(IOperation operation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } target } assignment
                when IsStringMap(target.Property.ContainingType) && Constant(target.Arguments[0].Value) is { } key:
                return new OptionEntry(assignment, key, assignment.Value, target.Instance);

            case IInvocationOperation { TargetMethod: { Name: "Add" or "TryAdd", Parameters.Length: 2 } } add
                when IsStringMap(add.TargetMethod.ContainingType) && Constant(add.Arguments[0].Value) is { } key:
                return new OptionEntry(add, key, add.Arguments[1].Value, add.Instance);

            case IInvocationOperation { TargetMethod: { Name: "AddSessionConfigEntry", Parameters.Length: 2 } } call
                when call.TargetMethod.ContainingType is { Name: "SessionOptions" } type && type.ContainingNamespace.Is("Microsoft", "ML", "OnnxRuntime")
                    && Constant(Argument(call, 0)) is { } key:
                return new OptionEntry(call, key, Argument(call, 1), call.Instance);

            case IInvocationOperation { TargetMethod: { Name: "SetProviderOption", Parameters.Length: 3 } } call
                when call.TargetMethod.ContainingType is { Name: "Config" } type && type.ContainingNamespace.Is("Microsoft", "ML", "OnnxRuntimeGenAI")
                    && Constant(Argument(call, 1)) is { } key:
                return new OptionEntry(call, key, Argument(call, 2), call.Instance);

            default:
                return null;
        }
    }

    /// <summary>All entries of the same dictionary in this member, this one included, in source order.</summary>
    internal IEnumerable<OptionEntry> Siblings()
    {
        object? identity = Identity(Target);
        if (identity is null)
            return [this];

        return Operation.Root().DescendantsAndSelf()
            .Select(Read)
            .Where(entry => entry is { } other && identity.Equals(Identity(other.Target)))
            .Select(entry => entry!.Value);
    }

    /// <summary>Whether a compilation can have such entries: it references ONNX Runtime.</summary>
    internal static bool CanOccurIn(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Microsoft.ML.OnnxRuntime.SessionOptions") is not null
        || compilation.GetTypeByMetadataName("Microsoft.ML.OnnxRuntimeGenAI.Config") is not null;

    /// <summary>
    /// The variable that holds the dictionary, for its initialiser too; the creation where no variable takes it.
    /// </summary>
    private static object? Identity(IOperation? target)
    {
        switch (target?.Unwrap())
        {
            case ILocalReferenceOperation local:
                return local.Local;
            case IParameterReferenceOperation parameter:
                return parameter.Parameter;
            case IFieldReferenceOperation field:
                return field.Field;
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } implicitReceiver:
                IOperation? creation = implicitReceiver.Parent;
                while (creation is not (null or IObjectCreationOperation))
                    creation = creation.Parent;

                IOperation? holder = creation?.Parent;
                while (holder is IConversionOperation)
                    holder = holder.Parent;

                return holder switch
                {
                    IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
                    ISimpleAssignmentOperation assignment => Identity(assignment.Target) ?? creation,
                    _ => creation,
                };
            default:
                return null;
        }
    }

    private static string? Constant(IOperation key) => key.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    private static IOperation Argument(IInvocationOperation call, int ordinal) =>
        call.Arguments.First(argument => argument.Parameter?.Ordinal == ordinal).Value;

    private static bool IsStringMap(INamedTypeSymbol? type) =>
        type is { TypeArguments.Length: 2 }
        && type.TypeArguments[0].SpecialType == SpecialType.System_String
        && type.TypeArguments[1].SpecialType == SpecialType.System_String;
}
