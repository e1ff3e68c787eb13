using System.ComponentModel;
using System.Diagnostics;

namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>What a program did. <see cref="Output"/> is its standard output; null when the program could not be run to its end.</summary>
/// <param name="Errors">The beginning of its standard error; null when the program could not be run to its end.</param>
internal readonly record struct ProcessResult(int ExitCode, string? Output, string? Problem, string? Errors = null);

/// <summary>A small program that is asked one question: bounded in time and output, and gone with its children afterwards.</summary>
internal static class BoundedProcess
{
    private const int MaxOutput = 1024 * 1024;
    private const int MaxErrors = 16 * 1024;

    /// <summary>The full path of a program on the PATH, or null.</summary>
    public static string? Locate(string program, RegistryEnvironment environment)
    {
        string[] extensions = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        return (environment.NonEmpty("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(directory => extensions.Select(extension => Path.Combine(directory, program + extension)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Writes <paramref name="input"/>, reads the output, waits for the end.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; running out of time is a <see cref="ProcessResult.Problem"/>.</exception>
    public static async Task<ProcessResult> RunAsync(
        string path, IEnumerable<string> arguments, string input, TimeSpan timeout, CancellationToken cancellation)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, arguments)
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            process.Start();
            using CancellationTokenRegistration end = limit.Token.Register(() => Kill(process));
            return await TalkAsync(process, input, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProcessResult(-1, null, $"did not answer within {timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is IOException or Win32Exception or InvalidOperationException)
        {
            return new ProcessResult(-1, null, $"could not be run ({e.GetType().Name})");
        }
        finally
        {
            Kill(process);
        }
    }

    private static async Task<ProcessResult> TalkAsync(Process process, string input, CancellationToken cancellation)
    {
        // Both streams are drained while we write: a program that fills one of them would otherwise block for ever.
        var buffer = new char[MaxOutput + 1];
        ValueTask<int> output = process.StandardOutput.ReadBlockAsync(buffer, cancellation);
        Task<string> errors = ReadErrorsAsync(process.StandardError, cancellation);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It closed its input without reading: its answer decides.
        }

        int length = await output.ConfigureAwait(false);
        if (length > MaxOutput)
        {
            return new ProcessResult(-1, null, $"wrote more than {MaxOutput / 1024} KiB");
        }

        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        // A child of the program's may hold the stream open after its end: nobody waits long for it.
        await Task.WhenAny(errors, Task.Delay(TimeSpan.FromSeconds(1), cancellation)).ConfigureAwait(false);
        return new ProcessResult(process.ExitCode, new string(buffer, 0, length), null, errors.IsCompletedSuccessfully ? await errors.ConfigureAwait(false) : "");
    }

    private static async Task<string> ReadErrorsAsync(StreamReader reader, CancellationToken cancellation)
    {
        var buffer = new char[MaxErrors];
        int length = await reader.ReadBlockAsync(buffer, cancellation).ConfigureAwait(false);
        if (length == MaxErrors)
            await reader.BaseStream.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);

        return new string(buffer, 0, length);
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // Never started, or gone meanwhile.
        }
    }
}
