using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2103. The host's process list is a warning: a process in the container sees and, as root, signals and traces every
/// process of the host. The host's IPC and network are Info: NVIDIA's own instructions use <c>ipc=host</c>, for shared memory
/// that a size gives as well, and host networking is a way of deployment.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HostNamespaceAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Property of the diagnostic: present where <c>ShmSize</c> can take the place of the assignment.</summary>
    internal const string Replaceable = "replaceableByShmSize";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.HostNamespace);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            MemberValue.Register(
                start,
                [
                    ("Docker.DotNet.Models.HostConfig", "PidMode"),
                    ("Docker.DotNet.Models.HostConfig", "IpcMode"),
                    ("Docker.DotNet.Models.HostConfig", "NetworkMode"),
                    ("k8s.Models.V1PodSpec", "HostPID"),
                    ("k8s.Models.V1PodSpec", "HostIPC"),
                    ("k8s.Models.V1PodSpec", "HostNetwork"),
                ],
                Analyze);

            ContainerCommand.Register(start, (operation, command) =>
            {
                foreach (RunOption option in command.RunOptions)
                {
                    if (option is { Value: "host", Name: "--pid" or "--ipc" or "--network" or "--net" })
                        Report(operation, option.Operation, option.Name == "--net" ? "network" : option.Name.Substring(2), fix: null);
                }
            });
        });
    }

    private static void Analyze(OperationAnalysisContext context, MemberValue given)
    {
        bool isHost = given.Member switch
        {
            "PidMode" or "IpcMode" or "NetworkMode" => KnownText.ConstantOf(given.Value) == "host",
            _ => given.Value.Unwrap().ConstantValue is { HasValue: true, Value: true },
        };

        if (!isHost)
            return;

        string space = given.Member switch
        {
            "PidMode" or "HostPID" => "pid",
            "IpcMode" or "HostIPC" => "ipc",
            _ => "network",
        };

        Report(context, given.Operation, space, given.Member == "IpcMode" ? (Replaceable, "true") : null);
    }

    private static void Report(OperationAnalysisContext context, IOperation operation, string space, (string, string)? fix) =>
        context.ReportDiagnostic(Descriptors.HostNamespace.At(
            operation.Syntax.GetLocation(),
            space == "pid" ? ProjectKind.SeverityOutsideTests(context.Compilation, Descriptors.HostNamespace) : DiagnosticSeverity.Info,
            fix,
            space,
            space == "ipc" ? "set the size of its shared memory instead (ShmSize, --shm-size, a memory volume)" : "give it its own"));
}
