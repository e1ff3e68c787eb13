using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.OnnxRuntime;

/// <summary>The whole content of a dictionary of provider options, where the member shows it.</summary>
internal static class ProviderDictionary
{
    /// <summary>
    /// The entries of the dictionary that this argument is; null when others may have added to it: it is no creation of this
    /// member, copies another dictionary, has a key that is not constant, or leaves the member.
    /// </summary>
    internal static IReadOnlyList<OptionEntry>? Read(IOperation argument)
    {
        argument = argument.Unwrap();
        if (argument is not ILocalReferenceOperation local)
            return Initial(argument);

        if (LocalValue.Of(local) is not { } value || Initial(value.Unwrap()) is not { } entries)
            return null;

        foreach (IOperation operation in argument.Root().DescendantsAndSelf())
        {
            if (operation is not ILocalReferenceOperation use || !SymbolEqualityComparer.Default.Equals(use.Local, local.Local))
                continue;

            if (Written(use) is { } entry)
                entries.Add(entry);
            else if (!OnlyReads(use))
                return null;
        }

        return entries;
    }

    /// <summary>The entries a creation starts with; null when they are not all there to see.</summary>
    private static List<OptionEntry>? Initial(IOperation value)
    {
        if (value is not IObjectCreationOperation creation
            || creation.Arguments.Any(argument => argument.Parameter?.Type.Name is not ("IEqualityComparer" or "Int32")))
        {
            return null;
        }

        var entries = new List<OptionEntry>();
        foreach (IOperation member in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (OptionEntry.Read(member) is not { } entry)
                return null;

            entries.Add(entry);
        }

        return entries;
    }

    private static OptionEntry? Written(ILocalReferenceOperation use) => use.Parent switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Parent: ISimpleAssignmentOperation assignment } => OptionEntry.Read(assignment),
        IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" } add when add.Instance == use => OptionEntry.Read(add),
        _ => null,
    };

    private static bool OnlyReads(ILocalReferenceOperation use) => use.Parent switch
    {
        // Handed to the provider's options, or to the session's by name: that is where it is read.
        IArgumentOperation { Parent: IInvocationOperation call } => call.TargetMethod.Name is "UpdateOptions" or "AppendExecutionProvider",
        IInvocationOperation call => call.TargetMethod.Name is "ContainsKey" or "TryGetValue",
        IPropertyReferenceOperation { Property.IsIndexer: true, Parent: ISimpleAssignmentOperation assignment } indexer => assignment.Target != indexer,
        IPropertyReferenceOperation property => property.Property.Name is "Count" or "Keys" or "Values" || property.Property.IsIndexer,
        ISimpleAssignmentOperation assignment => assignment.Target == use,
        _ => false,
    };
}
