using System.Text;
using MlContainerBuild.Analyzers.Tests.Verification;

namespace MlContainerBuild.Analyzers.Tests.Documentation;

/// <summary>Source that no person writes, but a generator may: each of these once cost a rule its stack or for ever.</summary>
public sealed class HostileCodeTests
{
    [Fact]
    public Task ConcatenationOfThousandsOfTerms_IsRead()
    {
        string terms = string.Join(" + ", Enumerable.Repeat("x", 4000));
        return AnalyzeAsync(
            $$"""
            class Generated
            {
                void Configure(Microsoft.ML.OnnxRuntime.SessionOptions so, string x)
                {
                    try
                    {
                        System.Diagnostics.Process.Start("docker", {{terms}});
                        so.AppendExecutionProvider({{terms}}, new Dictionary<string, string> { ["trt_engine_cache_path"] = {{terms}} });
                    }
                    catch
                    {
                    }
                }
            }
            """);
    }

    [Fact]
    public Task LocalsThatDoubleEachOther_AreFollowedSoFar()
    {
        var doubled = new StringBuilder("var a0 = string.Empty + string.Empty;\n");
        for (int i = 1; i < 60; i++)
            doubled.Append(System.Globalization.CultureInfo.InvariantCulture, $"var a{i} = a{i - 1} + a{i - 1};\n");

        return AnalyzeAsync(
            $$"""
            class Generated
            {
                async Task Configure(HttpClient http, Dictionary<string, string> map)
                {
                    {{doubled}}
                    System.Diagnostics.Process.Start("docker", a59);
                    map["gpu_mem_limit"] = a59;
                    map["trt_engine_cache_path"] = a59;
                    await http.GetAsync(a59);
                    TorchSharp.torch.jit.load(a59);
                    TorchSharp.torch.jit.load(System.Text.Encoding.UTF8.GetBytes(a59));
                }
            }
            """);
    }

    [Fact]
    public Task LocalsThatChooseAmongEachOther_AreFollowedSoFar()
    {
        var choices = new StringBuilder("var a0 = given ?? \"x\";\n");
        for (int i = 1; i < 60; i++)
            choices.Append(System.Globalization.CultureInfo.InvariantCulture, $"var a{i} = {string.Concat(Enumerable.Repeat($"c ? a{i - 1} : ", 7))}a{i - 1};\n");

        return AnalyzeAsync(
            $$"""
            class Generated
            {
                void Configure(bool c, string given, Dictionary<string, string> map, Microsoft.ML.OnnxRuntime.SessionOptions so)
                {
                    {{choices}}
                    map["trt_engine_cache_path"] = a59;
                    so.RegisterCustomOpLibrary({{string.Concat(Enumerable.Repeat("a58 ?? ", 300))}}a59);
                    TorchSharp.torch.jit.load(a59);
                }
            }
            """);
    }

    [Fact]
    public Task MembersThatNameEachOther_AreFollowedSoFar() =>
        AnalyzeAsync(
            """
            class Circle
            {
                string Key => Other;
                string Other => Key;
                string password = "Password1" + "x";
                object Get() => new System.ClientModel.ApiKeyCredential(Key ?? Other ?? Key);
                object Deep(bool a) => new System.Net.NetworkCredential("u", a ? a ? a ? a ? password : Key : Other : Key : (a ? password : password));
            }
            """);

    /// <summary>One constant that is used a thousand times, and a builder with a thousand statements.</summary>
    [Fact]
    public Task ThousandsOfUses_AreLookedAtSoFar()
    {
        string uses = string.Concat(Enumerable.Range(0, 3000).Select(i => $"    object Use{i}() => apiKey.Length;\n"));
        string appends = string.Concat(Enumerable.Range(0, 1000).Select(i => $"        builder.Append(\"password {i}; \");\n"));
        return AnalyzeAsync(
            $$"""
            class Generated
            {
                private const string apiKey = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
            {{uses}}
                void Build()
                {
                    var builder = new System.Text.StringBuilder();
            {{appends}}
                }
            }
            """);
    }

    [Fact]
    public Task LocalDefinedByItself_IsFollowedOnce() =>
        AnalyzeAsync("""class Wrong { void Run(Dictionary<string, string> map) { string a = a + a; map["gpu_mem_limit"] = a; System.Diagnostics.Process.Start(a, $"run {a}"); } }""");

    private static async Task AnalyzeAsync(string source) =>
        await TestProject.AnalyzeAsync(TestProject.Compile(source), [.. AllRules.Analyzers]);
}
