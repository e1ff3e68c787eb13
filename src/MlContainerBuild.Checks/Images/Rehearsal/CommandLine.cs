using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rehearsal;

/// <summary>Entrypoint and command, as the SDK joins them from the project's five lists and the base image's entrypoint.</summary>
internal sealed record CommandLine(ImmutableArray<Setting> Entrypoint, ImmutableArray<Setting> Command)
{
    public static bool TryJoin(
        ImageConfig config, ContainerIntent intent, BaseImageOrigins origins, [NotNullWhen(true)] out CommandLine? command, [NotNullWhen(false)] out Finding? refusal)
    {
        CommandIntent given = ChooseInstruction(intent.Command, out string instruction);
        refusal = Contradiction(given, instruction);
        if (refusal is not null)
        {
            command = null;
            return false;
        }

        (ImmutableArray<Setting> entrypoint, ImmutableArray<Setting> arguments) = instruction switch
        {
            "Entrypoint" => (given.AppCommand.AddRange(given.AppCommandArgs), given.DefaultArgs),
            "DefaultArgs" => (given.Entrypoint.AddRange(given.EntrypointArgs), [.. given.AppCommand, .. given.AppCommandArgs, .. given.DefaultArgs]),
            _ => (given.Entrypoint.AddRange(given.EntrypointArgs), given.DefaultArgs),
        };
        bool setsEntrypoint = instruction == "Entrypoint" ? given.AppCommand.Length > 0 : given.Entrypoint.Length > 0;
        command = new CommandLine(setsEntrypoint ? NotEmpty(entrypoint) : Inherited(config, origins), NotEmpty(arguments));
        return true;
    }

    // The SDK's defaults. With ContainerEntrypointArgs alone, from before the other lists existed, the application is the
    // entrypoint and those arguments the command.
    private static CommandIntent ChooseInstruction(CommandIntent given, out string instruction)
    {
        bool setsEntrypoint = given.Entrypoint.Length > 0 || given.EntrypointArgs.Length > 0;
        if (given.Instruction is { Value.Length: > 0 } set)
        {
            instruction = set.Value;
        }
        else if (!setsEntrypoint)
        {
            instruction = "Entrypoint";
        }
        else if (given.Entrypoint.Length == 0 && given.AppCommandArgs.Length == 0 && given.DefaultArgs.Length == 0)
        {
            instruction = "None";
            return given with { Entrypoint = given.AppCommand, AppCommand = [], DefaultArgs = given.EntrypointArgs, EntrypointArgs = [] };
        }
        else
        {
            instruction = "DefaultArgs";
        }

        return given;
    }

    private static Finding? Contradiction(CommandIntent given, string instruction)
    {
        if (given.EntrypointArgs.Length > 0 && given.Entrypoint.Length == 0)
        {
            return Refusals.Conflict(
                given.EntrypointArgs[0], "ContainerEntrypointArgs are set, but no ContainerEntrypoint.", "Set ContainerEntrypoint, or use ContainerAppCommandArgs.");
        }

        if (given.AppCommandArgs.Length > 0 && given.AppCommand.Length == 0)
        {
            return Refusals.Conflict(
                given.AppCommandArgs[0], "ContainerAppCommandArgs are set, but there is no ContainerAppCommand.", "Set ContainerAppCommand, or use ContainerDefaultArgs.");
        }

        return instruction switch
        {
            "None" when FirstOf(given.AppCommand, given.AppCommandArgs) is { } unused => Refusals.Conflict(
                unused, "ContainerAppCommandInstruction is None, but a ContainerAppCommand is set.", "Remove one of the two."),
            "Entrypoint" when FirstOf(given.Entrypoint, given.EntrypointArgs) is { } second => Refusals.Conflict(
                second, "ContainerAppCommandInstruction is Entrypoint, but a ContainerEntrypoint is set.", "Set ContainerAppCommandInstruction to DefaultArgs, or remove ContainerEntrypoint."),
            "None" or "Entrypoint" or "DefaultArgs" => null,
            _ => Refusals.Unknown(given.Instruction!, "Entrypoint, DefaultArgs or None"),
        };
    }

    private static Setting? FirstOf(ImmutableArray<Setting> first, ImmutableArray<Setting> second) => first.FirstOrDefault() ?? second.FirstOrDefault();

    // Some base images of .NET have "dotnet" as entrypoint, which would swallow the application's own command.
    private static ImmutableArray<Setting> Inherited(ImageConfig config, BaseImageOrigins origins) => config.Entrypoint is ["dotnet" or "/usr/bin/dotnet"]
        ? []
        : NotEmpty([.. config.Entrypoint.Select(argument => new Setting("ENTRYPOINT", argument, origins.Instruction("ENTRYPOINT")))]);

    private static ImmutableArray<Setting> NotEmpty(ImmutableArray<Setting> arguments) => arguments.RemoveAll(argument => argument.Value.Length == 0);
}
