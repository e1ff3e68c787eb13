using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2006. Every GPU, or every capability of the driver (graphics, display and video too), is asked for: by a device request,
/// by <c>--gpus all</c>, or by the variables that the NVIDIA container toolkit reads. "all" is NVIDIA's documented value for a
/// machine of one's own, so it is Info in tests, libraries and AppHosts.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AllGpusAnalyzer : DiagnosticAnalyzer
{
    private const string VisibleDevices = "NVIDIA_VISIBLE_DEVICES";
    private const string DriverCapabilities = "NVIDIA_DRIVER_CAPABILITIES";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.AllGpus);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var rule = new Rule(severity: null);
            MemberValue.Register(
                start,
                [
                    ("Docker.DotNet.Models.DeviceRequest", "Count"),
                    ("Docker.DotNet.Models.Config", "Env"),
                    ("Docker.DotNet.Models.ContainerConfig", "Env"),
                    ("Docker.DotNet.Models.CreateContainerParameters", "Env"),
                    ("k8s.Models.V1EnvVar", "Value"),
                ],
                rule.AnalyzeMember);

            ContainerCommand.Register(start, rule.AnalyzeCommand);
            WrittenFiles.With([VisibleDevices, DriverCapabilities, "Env", "Environment", "EnvironmentVariables", "WithEnvironment", "SetEnvironmentVariable"], start.Compilation)
                ?.RegisterOperationAction(start, rule.AnalyzeVariable, OperationKind.Invocation, OperationKind.SimpleAssignment);
        });
    }

    /// <param name="severity">Null where the kind of the project decides, which is looked up for a finding only.</param>
    private sealed class Rule(DiagnosticSeverity? severity)
    {
        internal void AnalyzeMember(OperationAnalysisContext context, MemberValue given)
        {
            switch (given.Member)
            {
                case "Count":
                    if (given.Value.Unwrap().ConstantValue is { HasValue: true, Value: -1 or -1L })
                        Report(context, given.Operation, "Count = -1", "DeviceIDs");

                    break;
                case "Env":
                    foreach (IOperation variable in CollectionElements.Of(given.Value) ?? [])
                        ReportAssignment(context, variable);

                    break;
                case "Value":
                    if (NameOfEnvVar(given.Operation) is { } name)
                        ReportVariable(context, given.Operation, name, given.Value);

                    break;
            }
        }

        internal void AnalyzeCommand(OperationAnalysisContext context, ContainerCommand command)
        {
            Rule rule = command.IsAppHost ? new Rule(DiagnosticSeverity.Info) : this;
            foreach (RunOption option in command.RunOptions)
                rule.AnalyzeOption(context, option);
        }

        private void AnalyzeOption(OperationAnalysisContext context, RunOption option)
        {
            switch (option.Name)
            {
                case "--gpus" when option.Value == "all" || option.Value.StartsWith("all,", StringComparison.Ordinal):
                    Report(context, option.Operation, "--gpus all", "--gpus device=<id>");
                    break;
                case "--device" when option.Value == "nvidia.com/gpu=all":
                    Report(context, option.Operation, "nvidia.com/gpu=all", "nvidia.com/gpu=<id>");
                    break;
                case "-e" or "--env" when Split(option.Value) is var (name, value):
                    ReportVariable(context, option.Operation, name, value);
                    break;
            }
        }

        internal void AnalyzeVariable(OperationAnalysisContext context)
        {
            if (context.Operation is IInvocationOperation call)
                AnalyzeCall(context, call);
            else
                AnalyzeEntry(context, (ISimpleAssignmentOperation)context.Operation);
        }

        /// <summary><c>WithEnvironment(name, value)</c>, <c>SetEnvironmentVariable(name, value)</c>, <c>Env.Add("name=value")</c>.</summary>
        private void AnalyzeCall(OperationAnalysisContext context, IInvocationOperation call)
        {
            switch (call.TargetMethod.Name)
            {
                case "Add" when call is { Arguments.Length: 1, Instance: IPropertyReferenceOperation { Property: { Name: "Env" } env } }:
                    if (env.ContainingNamespace.Is("Docker", "DotNet", "Models"))
                        ReportAssignment(context, call.Arguments[0].Value);

                    break;
                case "WithEnvironment" or "SetEnvironmentVariable" or "Add" or "TryAdd":
                    for (int i = 0; i < call.Arguments.Length - 1; i++)
                    {
                        if (call.Arguments[i].Value.ConstantValue is not { HasValue: true, Value: string name and (VisibleDevices or DriverCapabilities) })
                            continue;

                        Rule rule = call.TargetMethod.ContainingNamespace.Is("Aspire", "Hosting") ? new Rule(DiagnosticSeverity.Info) : this;
                        rule.ReportVariable(context, call, name, call.Arguments[i + 1].Value);
                    }

                    break;
            }
        }

        /// <summary>A string map with the variable's name as the key, as <c>ProcessStartInfo.Environment</c> is.</summary>
        private void AnalyzeEntry(OperationAnalysisContext context, ISimpleAssignmentOperation assignment)
        {
            if (assignment.Target is IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } indexer
                && indexer.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string name and (VisibleDevices or DriverCapabilities) })
            {
                ReportVariable(context, assignment, name, assignment.Value);
            }
        }

        private void ReportAssignment(OperationAnalysisContext context, IOperation variable)
        {
            if (Split(KnownText.Of(variable).Text) is var (name, value))
                ReportVariable(context, variable, name, value);
        }

        private void ReportVariable(OperationAnalysisContext context, IOperation operation, string name, IOperation value)
        {
            if (KnownText.ConstantOf(value) is { } text)
                ReportVariable(context, operation, name, text);
        }

        private void ReportVariable(OperationAnalysisContext context, IOperation operation, string name, string value)
        {
            if (value.Trim() != "all")
                return;

            if (name == VisibleDevices)
                Report(context, operation, "NVIDIA_VISIBLE_DEVICES=all", "the device's id, or a MIG id");
            else if (name == DriverCapabilities)
                Report(context, operation, "NVIDIA_DRIVER_CAPABILITIES=all", "compute,utility");
        }

        private void Report(OperationAnalysisContext context, IOperation operation, string request, string instead) =>
            context.ReportDiagnostic(Descriptors.AllGpus.At(operation, severity ?? ProjectKind.SeverityIn(context.Compilation, Descriptors.AllGpus), request, instead));

        /// <summary>The name beside the value of a <c>V1EnvVar</c>: in the same initialiser or the same argument list.</summary>
        private static string? NameOfEnvVar(IOperation value) => value.Parent switch
        {
            IObjectOrCollectionInitializerOperation initializer => initializer.Initializers.OfType<ISimpleAssignmentOperation>()
                .Where(assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: "Name" })
                .Select(assignment => KnownText.ConstantOf(assignment.Value))
                .FirstOrDefault(),
            IObjectCreationOperation creation => creation.Arguments
                .Where(argument => argument.Parameter?.Name == "name")
                .Select(argument => KnownText.ConstantOf(argument.Value))
                .FirstOrDefault(),
            _ => null,
        };

        private static (string Name, string Value)? Split(string assignment)
        {
            int equals = assignment.IndexOf('=');
            return equals > 0 ? (assignment.Substring(0, equals), assignment.Substring(equals + 1)) : null;
        }
    }
}
