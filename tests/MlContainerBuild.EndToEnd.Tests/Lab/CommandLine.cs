using System.Diagnostics;
using System.Text;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>Runs a program to its end, bounded in time, with an environment that does not depend on who runs the tests.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    // What a CI system sets changes what the SDK and this package do.
    private static readonly string[] HostVariables =
        ["CI", "TF_BUILD", "GITHUB_ACTIONS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "ContinuousIntegrationBuild", "MSBUILDTERMINALLOGGER"];

    public static async Task<CommandResult> RunAsync(
        string program, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string variable in HostVariables)
        {
            start.Environment.Remove(variable);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "true";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        var output = new StringBuilder();
        try
        {
            await Task.WhenAll(Copy(process.StandardOutput), Copy(process.StandardError), process.WaitForExitAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took more than {Limit}:{Environment.NewLine}{output}");
        }

        return new CommandResult(process.ExitCode, output.ToString());

        // A compiler server inherits the pipes and outlives the command, so the end of the process ends the reading.
        async Task Copy(StreamReader reader)
        {
            Task exit = process.WaitForExitAsync(limit.Token);
            while (true)
            {
                Task<string?> line = reader.ReadLineAsync(limit.Token).AsTask();
                if (await Task.WhenAny(line, exit) != line && !line.IsCompleted)
                {
                    await Task.WhenAny(line, Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token));
                    if (!line.IsCompleted)
                        return;
                }

                if (await line is not string text)
                    return;

                lock (output)
                    output.AppendLine(text);
            }
        }
    }
}

internal sealed record CommandResult(int ExitCode, string Output);
