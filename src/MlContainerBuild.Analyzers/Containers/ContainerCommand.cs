using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Containers;

/// <summary>
/// A container tool started from code: <c>ProcessStartInfo</c> in all its spellings (constructor, initialiser, properties of a
/// variable, <c>ArgumentList</c>), <c>Process.Start</c>, and Aspire's <c>WithContainerRuntimeArgs</c>, whose arguments become
/// those of <c>docker run</c>.
/// </summary>
internal sealed class ContainerCommand
{
    private static readonly string[] Words = ["Process", "ProcessStartInfo", "StartInfo", "FileName", "WithContainerRuntimeArgs"];

    private readonly List<CommandArgument> arguments = [];

    private ContainerCommand(string tool, bool isAppHost)
    {
        Tool = tool;
        IsAppHost = isAppHost;
    }

    /// <summary>docker, podman, nerdctl, kubectl, or the shell that starts one of them.</summary>
    internal string Tool { get; }

    /// <summary>Whether an Aspire AppHost runs it on a developer's machine.</summary>
    internal bool IsAppHost { get; }

    /// <summary>Whole command lines, as given to <c>Arguments</c>.</summary>
    internal List<IOperation> CommandLines { get; } = [];

    /// <summary>The options of <c>run</c> or <c>create</c>.</summary>
    internal IEnumerable<RunOption> RunOptions => IsAppHost ? CommandLine.Options(arguments, 0) : CommandLine.RunOptions(arguments);

    /// <summary>Calls <paramref name="analyze"/> once for each command.</summary>
    internal static void Register(CompilationStartAnalysisContext start, Action<OperationAnalysisContext, ContainerCommand> analyze)
    {
        if (WrittenFiles.With(Words, start.Compilation) is not { } files)
            return;

        INamedTypeSymbol? startInfo = start.Compilation.GetTypeByMetadataName("System.Diagnostics.ProcessStartInfo");
        INamedTypeSymbol? process = start.Compilation.GetTypeByMetadataName("System.Diagnostics.Process");
        INamedTypeSymbol? aspire = start.Compilation.GetTypeByMetadataName("Aspire.Hosting.ContainerResourceBuilderExtensions");

        files.RegisterOperationAction(
            start,
            context =>
            {
                if (Read(context.Operation) is { } command)
                    analyze(context, command);
            },
            OperationKind.Invocation,
            OperationKind.ObjectCreation,
            OperationKind.SimpleAssignment);

        ContainerCommand? Read(IOperation operation)
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: { Name: "Start" } method } call when IsMemberOf(method, process):
                    return OfStart(call);
                case IInvocationOperation { TargetMethod: { Name: "WithContainerRuntimeArgs" } method } call when IsMemberOf(method, aspire):
                    return OfRuntimeArguments(call);
                case IObjectCreationOperation creation when startInfo is not null && SymbolEqualityComparer.Default.Equals(creation.Type, startInfo):
                    return OfCreation(creation);
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "FileName" } fileName, Instance: not IInstanceReferenceOperation and { } receiver } } assignment
                    when IsMemberOf(fileName, startInfo) && Create(assignment.Value) is { } command:
                    command.ReadStatements(receiver);
                    return command;
                default:
                    return null;
            }
        }
    }

    private static ContainerCommand? OfStart(IInvocationOperation call)
    {
        if (Argument(call.Arguments, "fileName") is not { } fileName || Create(fileName) is not { } command)
            return null;

        command.ReadArguments(Argument(call.Arguments, "arguments"));
        return command;
    }

    private static ContainerCommand? OfRuntimeArguments(IInvocationOperation call)
    {
        if (Argument(call.Arguments, "args") is not { } arguments)
            return null;

        var command = new ContainerCommand("docker", isAppHost: true);
        command.ReadArguments(arguments);
        return command;
    }

    private static ContainerCommand? OfCreation(IObjectCreationOperation creation)
    {
        IOperation? fileName = Argument(creation.Arguments, "fileName");
        foreach (IOperation member in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (member is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "FileName" } } assignment)
                fileName = assignment.Value;
        }

        if (fileName is null || Create(fileName) is not { } command)
            return null;

        command.ReadArguments(Argument(creation.Arguments, "arguments"));
        foreach (IOperation member in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            switch (member)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Arguments" } } assignment:
                    command.ReadArguments(assignment.Value);
                    break;
                case IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property.Name: "ArgumentList" } } list:
                    command.ReadArguments(list.Initializer);
                    break;
            }
        }

        if (creation.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
            command.ReadStatements(declarator.Symbol.Name, creation);
        else if (creation.Parent is ISimpleAssignmentOperation { Target: not IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } } assigned)
            command.ReadStatements(assigned.Target);

        return command;
    }

    private void ReadStatements(IOperation receiver) => ReadStatements(receiver.Syntax.ToString(), receiver);

    /// <summary>What the member adds to the same variable: <c>x.Arguments = …</c> and <c>x.ArgumentList.Add(…)</c>.</summary>
    private void ReadStatements(string receiver, IOperation inMember)
    {
        foreach (IOperation operation in inMember.Root().DescendantsAndSelf())
        {
            switch (operation)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Arguments", Instance: { } instance } } assignment
                    when instance is not IInstanceReferenceOperation && instance.Syntax.ToString() == receiver:
                    ReadArguments(assignment.Value);
                    break;
                case IInvocationOperation { TargetMethod.Name: "Add", Arguments.Length: 1, Instance: IPropertyReferenceOperation { Property.Name: "ArgumentList", Instance: { } instance } } add
                    when instance.Syntax.ToString() == receiver:
                    arguments.Add(new CommandArgument(KnownText.Of(add.Arguments[0].Value).Text, add.Arguments[0].Value));
                    break;
            }
        }
    }

    private void ReadArguments(IOperation? value)
    {
        if (value is null)
            return;

        if (CollectionElements.Of(value) is { } elements)
        {
            foreach (IOperation element in elements)
                arguments.Add(new CommandArgument(KnownText.Of(element).Text, element));
        }
        else if (value.Type?.SpecialType == SpecialType.System_String)
        {
            string text = KnownText.Of(value).Text;
            if (IsShell(Tool))
            {
                if (FindTool(text) is not { } position)
                    return;

                text = text.Substring(position).TrimEnd('"', '\'');
            }

            CommandLines.Add(value);
            arguments.AddRange(CommandLine.Split(text, value));
        }
    }

    private static ContainerCommand? Create(IOperation fileName)
    {
        if (KnownText.ConstantOf(fileName) is not { } path)
            return null;

        string name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1).ToLowerInvariant();
        if (name.EndsWith(".exe", StringComparison.Ordinal))
            name = name.Substring(0, name.Length - 4);

        return IsTool(name) || IsShell(name) ? new ContainerCommand(name, isAppHost: false) : null;
    }

    private static bool IsTool(string name) => name is "docker" or "podman" or "nerdctl" or "kubectl";

    private static bool IsShell(string name) => name is "sh" or "bash" or "cmd" or "powershell" or "pwsh";

    /// <summary>Where a shell's script calls a container tool: after its name.</summary>
    private static int? FindTool(string script)
    {
        foreach (string tool in (string[])["docker ", "podman ", "nerdctl ", "kubectl "])
        {
            int position = script.IndexOf(tool, StringComparison.Ordinal);
            if (position == 0 || (position > 0 && script[position - 1] is ' ' or '"' or '\'' or ';' or '&' or '|'))
                return position + tool.Length;
        }

        return null;
    }

    private static IOperation? Argument(IEnumerable<IArgumentOperation> arguments, string parameter) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;

    private static bool IsMemberOf(ISymbol member, INamedTypeSymbol? type) =>
        type is not null && SymbolEqualityComparer.Default.Equals(member.ContainingType, type);
}
