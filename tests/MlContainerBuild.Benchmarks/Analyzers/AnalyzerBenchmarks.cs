extern alias analyzers;

using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using analyzers::MlContainerBuild.Analyzers.Rules;

namespace MlContainerBuild.Benchmarks.Analyzers;

/// <summary>
/// All C# rules over 1,000 files, beside an analyzer that does nothing: the difference is what the rules cost a compilation
/// that already runs an analyzer. Without the libraries it is what a project pays that has nothing to do with them.
/// </summary>
[MemoryDiagnoser]
public class AnalyzerBenchmarks
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules =
    [
        .. typeof(ProviderOptionsNotAppliedAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private CSharpCompilation project = null!;
    private CSharpCompilation unbound = null!;
    private int iteration;

    [Params(true, false)]
    public bool WithLibraries { get; set; }

    [GlobalSetup]
    public void Generate()
    {
        project = GeneratedProject.Create(files: 1000, WithLibraries);
        if (project.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
            throw new InvalidOperationException($"The generated project does not compile: {error}");
    }

    /// <summary>Nothing of an earlier iteration's binding is kept: the assembly has a new name.</summary>
    [IterationSetup]
    public void Forget() => unbound = project.WithAssemblyName($"Service{iteration++}");

    [Benchmark(Baseline = true)]
    public Task<int> NoRule() => AnalyzeAsync([new EmptyAnalyzer()]);

    [Benchmark]
    public Task<int> AllRules() => AnalyzeAsync(Rules);

    private async Task<int> AnalyzeAsync(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        ImmutableArray<Diagnostic> diagnostics = await unbound.WithAnalyzers(analyzers).GetAllDiagnosticsAsync();
        return diagnostics.Any(diagnostic => diagnostic.Id == "AD0001") ? throw new InvalidOperationException("An analyzer threw.") : diagnostics.Length;
    }

#pragma warning disable RS1036 // this is no project of analyzers
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class EmptyAnalyzer : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new DiagnosticDescriptor("EMPTY", "Empty", "Empty", "Benchmark", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterOperationAction(_ => { }, OperationKind.Invocation);
        }
    }
#pragma warning restore RS1036
}
