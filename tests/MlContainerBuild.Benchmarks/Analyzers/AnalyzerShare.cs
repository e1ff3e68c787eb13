extern alias analyzers;

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using analyzers::MlContainerBuild.Analyzers.Rules;

namespace MlContainerBuild.Benchmarks.Analyzers;

/// <summary>
/// What part of a compilation the C# rules take: the time in their callbacks by Roslyn's own account, to that of the same
/// compilation without any analyzer. Each figure is the smallest of several runs, since whatever else the machine does only adds.
/// </summary>
internal static class AnalyzerShare
{
    private const int Files = 1000, ColdRuns = 2, WarmRuns = 6;

    private static readonly (string Name, Func<string, bool> IsOne)[] Groups =
    [
        ("MLC1xxx", ids => ids.StartsWith("MLC1", StringComparison.Ordinal)),
        ("MLC2xxx", ids => ids.StartsWith("MLC2", StringComparison.Ordinal)),
        ("S2068+S6418", ids => ids.Contains("S2068") || ids.Contains("S6418")),
    ];

    /// <summary>In this process, once everything has been compiled by the JIT, as in an editor or the compiler's server.</summary>
    public static int PrintWarm()
    {
        foreach (bool withLibraries in (bool[])[true, false])
        {
            Console.WriteLine(CompilerArguments.NameOfGenerated(Files, withLibraries));
            MeasureWarm(GeneratedProject.Create(Files, withLibraries));
        }

        return 0;
    }

    /// <summary>In new processes of the SDK's compiler, as in CI.</summary>
    /// <param name="paths">Projects to measure in place of the generated ones (*.csproj), analyzers to run beside ours (*.dll).</param>
    public static int PrintCold(ReadOnlySpan<string> paths)
    {
        List<string> others = [], projects = [];
        foreach (string path in paths)
            (path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? others : projects).Add(path);

        foreach (string project in projects)
            MeasureCold(CompilerArguments.OfProject(project), others);

        if (projects.Count > 0)
            return 0;

        DirectoryInfo directory = Directory.CreateTempSubdirectory("analyzers-");
        try
        {
            foreach (bool withLibraries in (bool[])[true, false])
                MeasureCold(CompilerArguments.OfGenerated(Files, withLibraries, Path.Combine(directory.FullName, withLibraries.ToString())), others);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        return 0;
    }

    private static void MeasureWarm(CSharpCompilation project)
    {
        project = project.WithOptions(project.Options.WithConcurrentBuild(false));
        ImmutableArray<DiagnosticAnalyzer> rules =
        [
            .. typeof(SecretTextAnalyzer).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        ];

        var compilations = new List<TimeSpan>();
        var analyzed = new List<List<(string Ids, TimeSpan Time)>>();
        for (int i = 0; i < WarmRuns; i++)
        {
            // Another name, and nothing of an earlier run's binding is kept.
            long started = Stopwatch.GetTimestamp();
            if (!project.WithAssemblyName($"Compiled{i}").Emit(Stream.Null).Success)
                throw new InvalidOperationException("The generated project does not compile.");

            compilations.Add(Stopwatch.GetElapsedTime(started));
            var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
            AnalysisResult result = project.WithAssemblyName($"Analyzed{i}").WithAnalyzers(rules, options).GetAnalysisResultAsync(CancellationToken.None).Result;
            analyzed.Add([.. result.AnalyzerTelemetryInfo.Select(analyzer => (string.Join(", ", analyzer.Key.SupportedDiagnostics.Select(rule => rule.Id)), analyzer.Value.ExecutionTime))]);
        }

        Print("binding and emitting", compilations.Min(), analyzed);
    }

    private static void MeasureCold(CompilerArguments arguments, List<string> others)
    {
        string[] analyzers = ["/reportanalyzer", $"/analyzer:{typeof(SecretTextAnalyzer).Assembly.Location}", .. others.Select(path => $"/analyzer:{Path.GetFullPath(path)}")];
        var compilations = new List<TimeSpan>();
        var analyzed = new List<List<(string Ids, TimeSpan Time)>>();
        for (int i = 0; i < ColdRuns; i++)
        {
            compilations.Add(CompilerProcess.Run(arguments, "/skipanalyzers+").Elapsed);
            analyzed.Add(CompilerProcess.Run(arguments, analyzers).Analyzers);
        }

        Console.WriteLine(arguments.Name);
        Print("a new compiler process", compilations.Min(), analyzed);
    }

    private static void Print(string what, TimeSpan compilation, List<List<(string Ids, TimeSpan Time)>> analyzed)
    {
        Print($"    {compilation.TotalMilliseconds,9:F1} ms          {what}");
        foreach ((string name, Func<string, bool> isOne) in Groups)
        {
            if (!analyzed[0].Exists(analyzer => isOne(analyzer.Ids)))
                continue;

            TimeSpan time = analyzed.Min(run => Sum(run.Where(analyzer => isOne(analyzer.Ids)).Select(analyzer => analyzer.Time)));
            Print($"    {time.TotalMilliseconds,9:F1} ms {time / compilation,8:P2} {name}");
        }

        foreach (var analyzer in analyzed.SelectMany(run => run).Where(analyzer => analyzer.Ids.StartsWith("MLC", StringComparison.Ordinal)).GroupBy(analyzer => analyzer.Ids, analyzer => analyzer.Time).OrderByDescending(times => times.Min()))
            Print($"        {analyzer.Min().TotalMilliseconds,9:F1} ms      {analyzer.Key}");
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
