using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2102. The source of a bind, of a mount or of a host path is the socket of the container runtime. The endpoint of a
/// client (<c>new Uri("unix:///var/run/docker.sock")</c>) is no mount. In tests it is Info.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RuntimeSocketMountAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.RuntimeSocketMount);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            MemberValue.Register(
                start,
                [
                    ("Docker.DotNet.Models.HostConfig", "Binds"),
                    ("Docker.DotNet.Models.Mount", "Source"),
                    ("k8s.Models.V1HostPathVolumeSource", "Path"),
                ],
                (operation, given) =>
                {
                    foreach (IOperation bind in CollectionElements.Of(given.Value) ?? [given.Value])
                        ReportSocket(operation, bind);
                });

            WrittenFiles.With(["Binds", "WithBindMount"], start.Compilation)?.RegisterOperationAction(start, AnalyzeCall, OperationKind.Invocation);

            ContainerCommand.Register(start, (operation, command) =>
            {
                foreach (RunOption option in command.RunOptions)
                {
                    string? socket = option.Name switch
                    {
                        "-v" or "--volume" => RuntimeSocket.SourceOf(option.Value),
                        "--mount" => SourceOfMount(option.Value),
                        _ => null,
                    };

                    if (socket is not null)
                        Report(operation, option.Operation, socket);
                }
            });
        });
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        switch (call.TargetMethod.Name)
        {
            case "Add" when call is { Arguments.Length: 1, Instance: IPropertyReferenceOperation { Property: { Name: "Binds", ContainingType.Name: "HostConfig" } binds } }
                && binds.ContainingNamespace.Is("Docker", "DotNet", "Models"):
                ReportSocket(context, call.Arguments[0].Value);
                break;
            case "WithBindMount" when call.TargetMethod.ContainingNamespace.Is("DotNet", "Testcontainers", "Builders")
                || call.TargetMethod.ContainingNamespace.Is("Aspire", "Hosting"):
                if (call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "source") is { } source)
                    ReportSocket(context, source.Value);

                break;
        }
    }

    private static void ReportSocket(OperationAnalysisContext context, IOperation source)
    {
        if (RuntimeSocket.SourceOf(KnownText.Of(source).Text) is { } socket)
            Report(context, source, socket);
    }

    private static void Report(OperationAnalysisContext context, IOperation source, string socket) =>
        context.ReportDiagnostic(Descriptors.RuntimeSocketMount.At(
            source, ProjectKind.SeverityOutsideTests(context.Compilation, Descriptors.RuntimeSocketMount), socket));

    /// <summary><c>type=bind,source=/run/docker.sock,target=…</c></summary>
    private static string? SourceOfMount(string mount) =>
        mount.Split(',')
            .Select(field => field.Split(['='], 2))
            .Where(field => field is { Length: 2 } && (field[0] is "source" or "src"))
            .Select(field => RuntimeSocket.SourceOf(field[1]))
            .FirstOrDefault();
}
