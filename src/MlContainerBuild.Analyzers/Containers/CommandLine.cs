using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Containers;

/// <summary>One argument of a container command line; <see cref="KnownText.Hole"/> stands for what is not constant.</summary>
internal readonly struct CommandArgument(string text, IOperation operation)
{
    internal string Text { get; } = text;

    internal IOperation Operation { get; } = operation;
}

/// <summary>An option of <c>docker run</c> and its value; empty for a flag.</summary>
internal readonly struct RunOption(string name, string value, IOperation operation)
{
    internal string Name { get; } = name;

    internal string Value { get; } = value;

    internal IOperation Operation { get; } = operation;

    internal bool IsFlagSet => Value is "" or "true";
}

/// <summary>Reads the options of <c>docker|podman|nerdctl run|create</c> from its arguments.</summary>
internal static class CommandLine
{
    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal)
    {
        "-d", "-i", "-t", "-P", "-q", "-it", "-ti", "-dit", "-id", "-itd", "-dt", "-td", "--detach", "--interactive", "--tty", "--rm", "--privileged", "--init",
        "--read-only", "--publish-all", "--no-healthcheck", "--oom-kill-disable", "--sig-proxy", "--quiet", "--use-api-socket", "--replace",
    };

    /// <summary>Splits as .NET does on Unix: at white space, a double quote keeps it together.</summary>
    internal static List<CommandArgument> Split(string commandLine, IOperation operation)
    {
        var arguments = new List<CommandArgument>();
        var current = new System.Text.StringBuilder();
        bool isQuoted = false, isStarted = false;
        foreach (char c in commandLine)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
                isStarted = true;
            }
            else if (char.IsWhiteSpace(c) && !isQuoted)
            {
                if (isStarted)
                    arguments.Add(new CommandArgument(current.ToString(), operation));

                current.Clear();
                isStarted = false;
            }
            else
            {
                current.Append(c);
                isStarted = true;
            }
        }

        if (isStarted)
            arguments.Add(new CommandArgument(current.ToString(), operation));

        return arguments;
    }

    /// <summary>The options before the image of a <c>run</c> or <c>create</c>; none for another subcommand.</summary>
    internal static IEnumerable<RunOption> RunOptions(IReadOnlyList<CommandArgument> arguments)
    {
        int start = 0;
        while (start < arguments.Count && arguments[start].Text is not ("run" or "create"))
        {
            // `docker compose run` takes other options; before the subcommand stand only `container` and global options.
            if (arguments[start].Text is "compose" or "exec" or "build" or "service")
                return [];

            start++;
        }

        return Options(arguments, start + 1);
    }

    /// <summary>The options from a position up to the first argument that is none: the image.</summary>
    internal static IEnumerable<RunOption> Options(IReadOnlyList<CommandArgument> arguments, int start)
    {
        for (int i = start; i < arguments.Count; i++)
        {
            CommandArgument argument = arguments[i];
            string text = argument.Text;
            if (text.Length == 0 || text[0] == KnownText.Hole)
                continue;

            if (text[0] != '-')
                yield break;

            int equals = text.IndexOf('=');
            if (equals > 0)
            {
                yield return new RunOption(text.Substring(0, equals), text.Substring(equals + 1), argument.Operation);
            }
            else if (Flags.Contains(text))
            {
                yield return new RunOption(text, "", argument.Operation);
            }
            else if (i + 1 < arguments.Count)
            {
                yield return new RunOption(text, arguments[++i].Text, argument.Operation);
            }
        }
    }
}
