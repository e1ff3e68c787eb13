using BenchmarkDotNet.Running;

return args is ["scan", var directory]
    ? MlContainerBuild.Benchmarks.Secrets.ScanRunner.Run(directory)
    : BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
