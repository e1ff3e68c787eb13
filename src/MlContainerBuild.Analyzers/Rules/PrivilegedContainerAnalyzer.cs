using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2101. Docker.DotNet, KubernetesClient, Testcontainers, Aspire and the command line. A GPU needs no privileges: a device
/// request, or the <c>nvidia.com/gpu</c> limit, gives exactly the device. Containers that run containers (k3s, kind, Docker in
/// Docker) are not reported; in tests it is Info.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PrivilegedContainerAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.PrivilegedContainer);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            MemberValue.Register(
                start,
                [("Docker.DotNet.Models.HostConfig", "Privileged"), ("k8s.Models.V1SecurityContext", "Privileged")],
                (operation, given) =>
                {
                    if (IsTrue(given.Value))
                        Report(operation, given.Operation, ProjectKind.SeverityOutsideTests(operation.Compilation, Descriptors.PrivilegedContainer));
                });

            ContainerCommand.Register(start, (operation, command) =>
            {
                foreach (RunOption option in command.RunOptions)
                {
                    if (option.Name == "--privileged" && option.IsFlagSet)
                        Report(operation, option.Operation, ProjectKind.SeverityOutsideTests(operation.Compilation, Descriptors.PrivilegedContainer));
                }
            });

            WrittenFiles.With(["WithPrivileged"], start.Compilation)?.RegisterOperationAction(start, AnalyzeWithPrivileged, OperationKind.Invocation);
        });
    }

    private static void AnalyzeWithPrivileged(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "WithPrivileged" && call.Arguments.Length == 1 && IsTrue(call.Arguments[0].Value)
            && call.TargetMethod.ContainingNamespace.Is("DotNet", "Testcontainers", "Builders"))
        {
            // What Testcontainers starts is there for a test, also where a library of test support starts it.
            Report(context, call.Arguments[0], DiagnosticSeverity.Info);
        }
    }

    private static bool IsTrue(IOperation value) => value.Unwrap().ConstantValue is { HasValue: true, Value: true };

    private static void Report(OperationAnalysisContext context, IOperation operation, DiagnosticSeverity severity)
    {
        if (!NestedRuntime.IsStartedBy(operation))
            context.ReportDiagnostic(Descriptors.PrivilegedContainer.At(operation, severity));
    }
}
