using System.Reflection;
using System.Security.Cryptography;

using BenchmarkDotNet.Attributes;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using MlContainerBuild.Checks.Models.Loading;

namespace MlContainerBuild.Benchmarks.Models;

/// <summary>What verified loading costs over plain loading, from the page cache: the generated class itself, compiled here.</summary>
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 10)]
[MemoryDiagnoser]
public class ModelLoadingBenchmarks
{
    private readonly string directory = Directory.CreateTempSubdirectory("models-").FullName;
    private Func<string, string?, byte[]> readVerified = null!;
    private Func<string, string?, string> verifiedPath = null!;

    [Params(1, 256)]
    public int Megabytes { get; set; }

    private string Model => Path.Combine(directory, "model.bin");

    [GlobalSetup]
    public void Write()
    {
        byte[] content = new byte[Megabytes << 20];
        new Random(7).NextBytes(content);
        File.WriteAllBytes(Model, content);

        string source = ModelLoaderSource.Create("", "Benchmark.csproj", "1.0.0", [new DeclaredModel("model.bin", Convert.ToHexStringLower(SHA256.HashData(content)))]);
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var compilation = CSharpCompilation.Create(
            "Loader",
            [CSharpSyntaxTree.ParseText(source)],
            platform.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var assembly = new MemoryStream();
        if (!compilation.Emit(assembly).Success)
            throw new InvalidOperationException("The generated source does not compile.");

        Type loader = Assembly.Load(assembly.ToArray()).GetType("DeclaredModels", throwOnError: true)!;
        readVerified = loader.GetMethod("ReadVerified")!.CreateDelegate<Func<string, string?, byte[]>>();
        verifiedPath = loader.GetMethod("VerifiedPathInDevelopment")!.CreateDelegate<Func<string, string?, string>>();
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(directory, recursive: true);

    [Benchmark(Baseline = true)]
    public int ReadAllBytes() => File.ReadAllBytes(Model).Length;

    [Benchmark]
    public int ReadVerified() => readVerified("model.bin", directory).Length;

    /// <summary>As for a file that nobody has asked for yet.</summary>
    [Benchmark]
    public string VerifiedPathFirst()
    {
        File.SetLastWriteTimeUtc(Model, File.GetLastWriteTimeUtc(Model).AddTicks(10));
        return verifiedPath("model.bin", directory);
    }

    [Benchmark]
    public string VerifiedPathAgain() => verifiedPath("model.bin", directory);
}
