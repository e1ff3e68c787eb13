using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MlContainerBuild.Analyzers.Tests.Verification;

namespace MlContainerBuild.Benchmarks.Analyzers;

/// <summary>
/// A service's project of a given number of files: requests, repositories, logging and collections in each, an ONNX Runtime
/// session or a container started from code in every twentieth.
/// </summary>
internal static class GeneratedProject
{
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Paths of the reference assemblies of .NET and ASP.NET Core.</summary>
    public static IEnumerable<string> Platform => DotNetReferences.All.Cast<PortableExecutableReference>().Select(reference => reference.FilePath!);

    public static CSharpCompilation Create(int files, bool withLibraries)
    {
        var libraries = withLibraries ? Libraries().Select(library => MetadataReference.CreateFromImage(library.Image)) : [];
        return CSharpCompilation.Create(
            "Service",
            Sources(files, withLibraries).Select(source => CSharpSyntaxTree.ParseText(source.Text, path: source.Name)),
            [.. DotNetReferences.All, .. libraries],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    public static IEnumerable<(string Name, string Text)> Sources(int files, bool withLibraries) =>
        Enumerable.Range(0, files)
            .Select(i => ($"File{i}.cs", Everyday(i) + (withLibraries && i % 20 == 0 ? Inference(i) : "")))
            .Prepend(("Usings.cs", Usings));

    private static string Everyday(int i) =>
        $$"""
        namespace Service.Part{{i}};

        public sealed record Order{{i}}(Guid Id, string Customer, decimal Total, DateTimeOffset Placed);

        public sealed class OrderStore{{i}}(HttpClient http, TextWriter log)
        {
            private readonly Dictionary<string, Order{{i}}> byCustomer = new(StringComparer.OrdinalIgnoreCase);
            private readonly Dictionary<string, string> settings = new() { ["region"] = "eu", ["tier"] = "gold", ["retries"] = "3" };

            public int Count { get; private set; }

            public async Task<IReadOnlyList<Order{{i}}>> LoadAsync(string path, CancellationToken cancellationToken)
            {
                var orders = new List<Order{{i}}>();
                try
                {
                    string text = await http.GetStringAsync($"https://orders.example/{path}?page={Count}", cancellationToken);
                    foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    {
                        string[] fields = line.Split(';');
                        if (fields.Length < 4 || !Guid.TryParse(fields[0], out Guid id))
                            continue;

                        orders.Add(new Order{{i}}(id, fields[1].Trim(), decimal.Parse(fields[2]), DateTimeOffset.Parse(fields[3])));
                    }
                }
                catch (HttpRequestException e)
                {
                    await log.WriteLineAsync($"orders of {path} failed: {e.Message}");
                    throw;
                }

                Count += orders.Count;
                foreach (Order{{i}} order in orders)
                    byCustomer[order.Customer] = order;

                return orders;
            }

            public IEnumerable<(string Customer, decimal Total)> Top(int count) =>
                byCustomer.Values.GroupBy(order => order.Customer)
                    .Select(group => (group.Key, group.Sum(order => order.Total)))
                    .OrderByDescending(pair => pair.Item2)
                    .Take(count);

            public string Describe(string name)
            {
                settings.TryAdd(name, string.Concat("part", "{{i}}"));
                settings["last"] = name;
                return settings.TryGetValue(name, out string? value) ? Path.Combine(value, name + ".txt") : string.Format("{0} of {1}", name, Count);
            }
        }
        """;

    private static string Inference(int i) =>
        $$"""

        public sealed class Engine{{i}}
        {
            public Microsoft.ML.OnnxRuntime.InferenceSession Open(string model, int device)
            {
                var options = new Microsoft.ML.OnnxRuntime.SessionOptions();
                using var cuda = new Microsoft.ML.OnnxRuntime.OrtCUDAProviderOptions();
                var map = new Dictionary<string, string> { ["device_id"] = device.ToString(), ["gpu_mem_limit"] = "4294967296" };
                cuda.UpdateOptions(map);
                options.AppendExecutionProvider_CUDA(cuda);
                return new Microsoft.ML.OnnxRuntime.InferenceSession(model, options);
            }

            public void Start(string image) =>
                System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("docker") { ArgumentList = { "run", "--rm", image } });
        }
        """;

    /// <summary>The libraries that the rules bind to, compiled from the stubs of the tests.</summary>
    public static IEnumerable<(string Name, byte[] Image)> Libraries()
    {
        Assembly assembly = Assembly.GetExecutingAssembly();
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Stubs/", StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            using var reader = new StreamReader(stream);
            using var image = new MemoryStream();
            string name = resource["Stubs/".Length..] + ".Stub";
            CSharpCompilation.Create(
                name,
                [CSharpSyntaxTree.ParseText(reader.ReadToEnd()), CSharpSyntaxTree.ParseText(Usings)],
                DotNetReferences.All,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image);

            yield return (name, image.ToArray());
        }
    }
}
