using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MlContainerBuild.Benchmarks.Analyzers;

/// <summary>The SDK's compiler in a new process, as a build in CI starts it: nothing is compiled ahead in it that is not so on every machine.</summary>
/// <param name="Elapsed">From start to end of the process: the same clock as that of the analyzers, so that a busy machine lengthens both.</param>
/// <param name="Analyzers">Time in the analyzers by the compiler's own account (<c>/reportanalyzer</c>), by id.</param>
internal sealed record CompilerProcess(TimeSpan Elapsed, List<(string Ids, TimeSpan Time)> Analyzers)
{
    public static CompilerProcess Run(CompilerArguments arguments, params string[] more)
    {
        string response = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(response, [.. arguments.Values.Select(Quote), .. more.Select(Quote)]);
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = arguments.Directory };
            start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
            foreach (string argument in (string[])["exec", CompilerPath(), "/noconfig", "@" + response])
                start.ArgumentList.Add(argument);

            long started = Stopwatch.GetTimestamp();
            using Process compiler = Process.Start(start)!;
            string output = compiler.StandardOutput.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0
                ? new CompilerProcess(Stopwatch.GetElapsedTime(started), Read(output))
                : throw new InvalidOperationException($"The compiler failed: {string.Join('\n', output.Split('\n').Where(line => line.Contains("error")).Take(5))}");
        }
        finally
        {
            File.Delete(response);
        }
    }

    /// <summary>Lines such as <c> 0.123   45      MlContainerBuild.Analyzers.Rules.SecretTextAnalyzer (MLC1001, MLC1003)</c>; what took less than a millisecond is <c>&lt;0.001</c>.</summary>
    private static List<(string Ids, TimeSpan Time)> Read(string output)
    {
        var times = new List<(string, TimeSpan)>();
        foreach (string line in output.Split('\n'))
        {
            string text = line.Trim();
            if (!text.EndsWith(')') || text.LastIndexOf('(') is not (> 0 and int open))
                continue;

            string first = text.Split(' ')[0];
            if (double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) || first == "<0.001")
                times.Add((text[(open + 1)..^1], TimeSpan.FromSeconds(seconds)));
        }

        return times;
    }

    /// <summary>That of the newest SDK beside the running framework.</summary>
    private static string CompilerPath()
    {
        string sdks = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk"));
        string newest = Directory.GetDirectories(sdks, $"{Environment.Version.Major}.*")
            .OrderBy(path => Version.TryParse(Path.GetFileName(path), out Version? version) ? version : new Version())
            .Last();
        return Path.Combine(newest, "Roslyn", "bincore", "csc.dll");
    }

    private static string Quote(string argument) => argument.Contains(' ') && !argument.Contains('"') ? $"\"{argument}\"" : argument;
}
