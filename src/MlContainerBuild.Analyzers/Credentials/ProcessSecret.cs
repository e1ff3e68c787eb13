using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>Environment variables that code sets, for this process or one that it starts.</summary>
internal static class ProcessSecret
{
    /// <summary>Whether MLC1007 speaks of a value that goes there.</summary>
    internal static bool Claims(Destination destination) => destination.Collection is { } collection && SetsVariable(collection, destination.Value);

    private static bool SetsVariable(ITypeSymbol collection, IOperation value)
    {
        if (collection.Name == "Environment" && collection.ContainingNamespace.Is("System"))
            return true;

        // startInfo.Environment["HF_TOKEN"] = …, startInfo.EnvironmentVariables.Add("HF_TOKEN", …)
        IOperation? user = value.Parent is IArgumentOperation argument ? argument.Parent : (value.Parent as ISimpleAssignmentOperation)?.Target;
        IOperation? instance = user switch
        {
            IInvocationOperation call => call.Instance,
            IPropertyReferenceOperation entry => entry.Instance,
            _ => null,
        };

        return IsEnvironment(instance);
    }

    /// <summary>Whether it is the environment of a process that is going to be started.</summary>
    internal static bool IsEnvironment(IOperation? instance) =>
        instance?.Unwrap() is IPropertyReferenceOperation { Property: { Name: "Environment" or "EnvironmentVariables", ContainingType.Name: "ProcessStartInfo" } };
}
