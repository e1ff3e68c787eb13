using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2007. The daemon refuses a device request that has both: "cannot set both Count and DeviceIDs on device request"
/// (moby, daemon/devices_nvidia_linux.go).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConflictingDeviceRequestAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.ConflictingDeviceRequest);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
            MemberValue.Register(start, [("Docker.DotNet.Models.DeviceRequest", "Count")], Analyze));
    }

    private static void Analyze(OperationAnalysisContext context, MemberValue count)
    {
        if (count.Operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } assignment
            && count.Value.Unwrap().ConstantValue is { HasValue: true, Value: not (0 or 0L) }
            && OtherAssignments(assignment, target).Any(SetsDeviceIds))
        {
            context.ReportDiagnostic(Descriptors.ConflictingDeviceRequest.At(count.Operation));
        }
    }

    /// <summary>The other members of the same initialiser; for a variable, what the member assigns to it.</summary>
    private static IEnumerable<ISimpleAssignmentOperation> OtherAssignments(ISimpleAssignmentOperation count, IPropertyReferenceOperation target) =>
        target.Instance switch
        {
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } =>
                (count.Parent as IObjectOrCollectionInitializerOperation)?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [],
            ILocalReferenceOperation local => count.Root().Descendants().OfType<ISimpleAssignmentOperation>()
                .Where(assignment => assignment.Target is IPropertyReferenceOperation { Instance: ILocalReferenceOperation other }
                    && SymbolEqualityComparer.Default.Equals(other.Local, local.Local)),
            _ => [],
        };

    private static bool SetsDeviceIds(ISimpleAssignmentOperation assignment) =>
        assignment.Target is IPropertyReferenceOperation { Property.Name: "DeviceIDs" } && CollectionElements.Of(assignment.Value) is { Count: > 0 };
}
