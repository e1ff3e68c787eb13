using BenchmarkDotNet.Running;

return args switch
{
    ["scan", var directory] => MlContainerBuild.Benchmarks.Secrets.ScanRunner.Run(directory),
    ["analyzers"] => MlContainerBuild.Benchmarks.Analyzers.AnalyzerShare.PrintWarm(),
    ["compiler", .. var paths] => MlContainerBuild.Benchmarks.Analyzers.AnalyzerShare.PrintCold(paths),
    _ => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0,
};
