using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Containers;

/// <summary>
/// A value that the source gives to a member of an API object: by assignment, in an object initialiser, or as the
/// constructor argument of the same name (KubernetesClient had those in place of initialisers).
/// </summary>
/// <param name="operation">The assignment or the argument.</param>
internal readonly struct MemberValue(INamedTypeSymbol type, string member, IOperation value, IOperation operation)
{
    internal INamedTypeSymbol Type { get; } = type;

    /// <summary>As the type declares the property, even where a constructor argument is spelt otherwise.</summary>
    internal string Member { get; } = member;

    internal IOperation Value { get; } = value;

    internal IOperation Operation { get; } = operation;

    /// <summary>Calls <paramref name="analyze"/> for each value given to one of the members; nothing where no type is referenced.</summary>
    /// <param name="members">Metadata name of the type and name of the property.</param>
    internal static void Register(
        CompilationStartAnalysisContext start, (string Type, string Member)[] members, Action<OperationAnalysisContext, MemberValue> analyze)
    {
        if (WrittenFiles.With(members.SelectMany(Words), start.Compilation) is not { } files)
            return;

        var bound = new Dictionary<INamedTypeSymbol, HashSet<string>>(SymbolEqualityComparer.Default);
        foreach ((string typeName, string member) in members)
        {
            if (start.Compilation.GetTypeByMetadataName(typeName) is not { } type)
                continue;

            if (!bound.TryGetValue(type, out HashSet<string>? names))
                bound.Add(type, names = new HashSet<string>(StringComparer.OrdinalIgnoreCase));

            names.Add(member);
        }

        if (bound.Count == 0)
            return;

        files.RegisterOperationAction(
            start,
            context =>
            {
                if (context.Operation is ISimpleAssignmentOperation assignment)
                    AnalyzeAssignment(context, assignment);
                else
                    AnalyzeCreation(context, (IObjectCreationOperation)context.Operation);
            },
            OperationKind.SimpleAssignment,
            OperationKind.ObjectCreation);

        void AnalyzeAssignment(OperationAnalysisContext context, ISimpleAssignmentOperation assignment)
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { } property }
                && bound.TryGetValue(property.ContainingType, out HashSet<string>? names) && names.Contains(property.Name))
            {
                analyze(context, new MemberValue(property.ContainingType, property.Name, assignment.Value, assignment));
            }
        }

        void AnalyzeCreation(OperationAnalysisContext context, IObjectCreationOperation creation)
        {
            if (creation.Arguments.Length == 0 || creation.Type is not INamedTypeSymbol type || !bound.TryGetValue(type, out HashSet<string>? names))
                return;

            foreach (IArgumentOperation argument in creation.Arguments)
            {
                if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter }
                    && names.FirstOrDefault(name => string.Equals(name, parameter.Name, StringComparison.OrdinalIgnoreCase)) is { } member)
                {
                    analyze(context, new MemberValue(type, member, argument.Value, argument));
                }
            }
        }
    }

    /// <summary>An assignment names the property, a creation its type, or, where that is left out, the argument.</summary>
    private static IEnumerable<string> Words((string Type, string Member) member) =>
        [member.Type.Substring(member.Type.LastIndexOf('.') + 1), member.Member, char.ToLowerInvariant(member.Member[0]) + member.Member.Substring(1)];
}
