using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Benchmarks.Gate;

/// <summary>
/// What the gate costs a publish in which nothing is wrong, without MSBuild around it: the policy is read and every rule on
/// the container runs. Budget: 30 ms warm; the first time, with everything still to be compiled, 150 ms.
/// </summary>
[MemoryDiagnoser]
public class IntentGateBenchmarks
{
    private string directory = "";

    [GlobalSetup]
    public void WritePolicy()
    {
        directory = Directory.CreateTempSubdirectory("mlcontainerbuild-").FullName;
        File.WriteAllText(Path.Combine(directory, "mlcontainer.yaml"), """
            version: 1
            images:
              allowedRegistries: [mcr.microsoft.com, nvcr.io]
              maxBaseAgeDays: 90
            rules: { MLC3043: none }
            """);
    }

    [GlobalCleanup]
    public void DeletePolicy() => Directory.Delete(directory, recursive: true);

    [Benchmark]
    public int Check()
    {
        Policy policy = PolicyReader.Load(directory, policyFile: null).Policy;
        ContainerIntent intent = NewIntent();
        var judge = new FindingJudge(policy, intent.ProjectPath, TimeProvider.System);
        int findings = judge.Judge(ContainerRules.Check(new ContainerSubject(intent, intent.Settings, policy, IsEffective: false))).Length;
        return findings == 0 ? 0 : throw new InvalidOperationException("a good service has findings");
    }

    // A service with what services have: a few labels and variables, a port, a command.
    private ContainerIntent NewIntent()
    {
        ValueSource source = new ValueSource.Property("ContainerBaseImage");
        return new ContainerIntent
        {
            ProjectPath = Path.Combine(directory, "iris.csproj"),
            BaseImage = new Setting("ContainerBaseImage", "mcr.microsoft.com/dotnet/aspnet:10.0@sha256:" + new string('a', 64), source),
            Repository = new Setting("ContainerRepository", "team/iris", source),
            Registry = new Setting("ContainerRegistry", "registry.example", source),
            Tags = [new Setting("ContainerImageTag", "1.4.0", source)],
            RuntimeIdentifiers = ["linux-x64"],
            Settings = new ImageSettings
            {
                User = new Setting("ContainerUser", "1654:1654", source),
                WorkingDirectory = new Setting("ContainerWorkingDirectory", "/app/", source),
                Environment = [.. Enumerable.Range(0, 20).Select(i => new Setting($"Service__Option{i}", $"value {i} of the service", source))],
                Labels = [.. Enumerable.Range(0, 12).Select(i => new Setting($"com.example.label{i}", $"text {i} about the image", source))],
                Ports = [new Setting("8080", "tcp", source)],
                Command = [new Setting("ContainerAppCommand", "dotnet", source), new Setting("ContainerAppCommand", "/app/iris.dll", source)],
            },
        };
    }
}

/// <summary>The same in a process of its own each time, nothing compiled yet.</summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 10, iterationCount: 1, invocationCount: 1)]
public class FirstIntentGateBenchmarks : IntentGateBenchmarks;
