using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.EngineCacheDirectoryAnalyzer,
    MlContainerBuild.CodeFixes.Rules.EngineCacheDirectoryFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class EngineCacheDirectoryTests
{
    private static string Method(string body) =>
        $$"""
        using System;
        using System.IO;
        using System.Collections.Generic;
        using Microsoft.ML.OnnxRuntime;

        class Engine
        {
            const string Folder = "trt_cache";
            static readonly string Temporary = Path.GetTempPath();
            static readonly string Own = Path.Combine(AppContext.BaseDirectory, "trt");

            void Configure(Dictionary<string, string> map, SessionOptions so, string directory)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """;

    [Theory]
    [InlineData("\"./trt_cache\"")]
    [InlineData("\"trt_cache\"")]
    [InlineData("\"cache\\\\trt\"")]
    [InlineData("\".\"")]
    [InlineData("Folder")]
    [InlineData("\"/tmp/trt\"")]
    [InlineData("Path.GetTempPath()")]
    [InlineData("Path.Combine(Path.GetTempPath(), \"trt\", directory)")]
    [InlineData("Path.Combine(Folder, directory)")]
    [InlineData("$\"{Path.GetTempPath()}/trt\"")]
    [InlineData("$\"./{directory}\"")]
    [InlineData("Temporary + \"trt\"")]
    [InlineData("Path.Combine(Directory.GetCurrentDirectory(), \"trt\")")]
    [InlineData("Path.Combine(Environment.CurrentDirectory, \"trt\")")]
    [InlineData("Path.GetFullPath(\"trt\")")]
    [InlineData("new DirectoryInfo(\"trt\").FullName")]
    [InlineData("Environment.GetEnvironmentVariable(\"TMPDIR\")")]
    public Task DirectoryThatOthersCanWrite_Triggers(string path) =>
        Verify.VerifyAnalyzerAsync(Method($"map[\"trt_engine_cache_path\"] = [|{path}|];"));

    [Theory]
    [InlineData("var o = new Dictionary<string, string> { [\"trt_engine_cache_enable\"] = \"1\", [\"trt_engine_cache_path\"] = [|\"trt\"|] };")]
    [InlineData("map.Add(\"trt_timing_cache_path\", [|\"trt\"|]);")]
    [InlineData("map[\"trt_ep_context_file_path\"] = [|\"./\"|]; map[\"trt_dump_ep_context_model\"] = \"1\";")]
    [InlineData("so.AddSessionConfigEntry(\"ep.context_file_path\", [|\"model_ctx.onnx\"|]);")]
    [InlineData("var path = \"trt\"; map[\"trt_engine_cache_path\"] = [|path|];")]
    [InlineData("map.Add(\"trt_engine_cache_path\", directory ?? [|Directory.GetCurrentDirectory()|]);")]
    [InlineData("map[\"trt_engine_cache_path\"] = directory.Length > 0 ? directory : directory.Length < 0 ? Own : [|\"trt\"|];")]
    [InlineData("var path = directory ?? \"trt\"; map[\"trt_engine_cache_path\"] = [|path|];")]
    [InlineData("Environment.SetEnvironmentVariable(\"ORT_TENSORRT_CACHE_PATH\", [|\"/tmp/trt\"|]);")]
    public Task EveryKindOfCache_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("directory")]
    [InlineData("directory ?? throw new ArgumentNullException(nameof(directory))")]
    [InlineData("directory ?? Own")]
    [InlineData("\"/var/lib/iris/trt\"")]
    [InlineData("@\"D:\\models\\trt\"")]
    [InlineData("Own")]
    [InlineData("Path.Combine(AppContext.BaseDirectory, \"trt\")")]
    [InlineData("Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), \"trt\")")]
    [InlineData("Path.Combine(directory, \"trt\")")]
    [InlineData("$\"{directory}/trt\"")]
    [InlineData("Directory.CreateTempSubdirectory().FullName")]
    [InlineData("Environment.GetEnvironmentVariable(\"TRT_CACHE\")!")]
    [InlineData("\"\"")]
    [InlineData("\"where the engines are kept\"")]
    public Task PrivateOrUnknownDirectory_DoesNotTrigger(string path) =>
        Verify.VerifyAnalyzerAsync(Method($"map[\"trt_engine_cache_path\"] = {path};"));

    [Theory]
    [InlineData("var o = new Dictionary<string, string> { [\"trt_engine_cache_enable\"] = \"0\", [\"trt_engine_cache_path\"] = \"trt\" };")]
    [InlineData("map[\"trt_engine_cache_path\"] = \"trt\"; map[\"trt_engine_cache_enable\"] = \"False\";")]
    [InlineData("var o = new Dictionary<string, string> { [\"trt_dump_ep_context_model\"] = \"1\" }; o[\"trt_engine_cache_path\"] = \"./\";")]
    [InlineData("map[\"model_cache_path\"] = \"trt\";")]
    public Task CacheThatIsOffOrBesideTheContextModel_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("\"./trt_cache\"", "trt_cache")]
    [InlineData("Path.Combine(Path.GetTempPath(), \"engines\")", "engines")]
    [InlineData("\".\"", "engine-cache")]
    public Task Directory_BecomesOneOfTheServicesUser(string path, string name) =>
        Verify.VerifyCodeFixAsync(
            Method($"map[\"trt_engine_cache_path\"] = [|{path}|];"),
            Method($"map[\"trt_engine_cache_path\"] = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), \"{name}\");"));

    [Theory]
    [InlineData("Path.Combine(Path.GetTempPath(), \"trt\", $\"{directory}_engines\")", "\"trt\", $\"{directory}_engines\"")]
    [InlineData("Path.Combine(\"/tmp\", directory)", "directory")]
    [InlineData("Path.Combine(\"cache\", directory)", "\"cache\", directory")]
    [InlineData("$\"cache/{directory}\"", "$\"cache/{directory}\"")]
    [InlineData("\"cache/\" + directory", "\"cache/\" + directory")]
    public Task PathOfParts_KeepsThem(string path, string parts) =>
        Verify.VerifyCodeFixAsync(
            Method($"map[\"trt_engine_cache_path\"] = [|{path}|];"),
            Method($"map[\"trt_engine_cache_path\"] = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), {parts});"));

    [Fact]
    public Task PartsBehindADirectoryInText_OfferNoFix() =>
        Verify.VerifyCodeFixAsync(
            Method("map[\"trt_engine_cache_path\"] = [|$\"{Path.GetTempPath()}/trt/{directory}\"|];"),
            Method("map[\"trt_engine_cache_path\"] = $\"{Path.GetTempPath()}/trt/{directory}\";"));

    [Fact]
    public Task ConfiguredDirectory_IsKept() =>
        Verify.VerifyCodeFixAsync(
            Method("map[\"trt_engine_cache_path\"] = directory ?? [|Directory.GetCurrentDirectory()|];"),
            Method("map[\"trt_engine_cache_path\"] = directory ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), \"engine-cache\");"));

    [Fact]
    public Task VariableWithOtherUses_OffersNoFix() =>
        Verify.VerifyCodeFixAsync(
            Method("var path = \"trt\"; map[\"trt_engine_cache_path\"] = [|path|]; Directory.CreateDirectory(path);"),
            Method("var path = \"trt\"; map[\"trt_engine_cache_path\"] = path; Directory.CreateDirectory(path);"));

    [Fact]
    public Task FixAll_MovesEveryCache() =>
        Verify.VerifyFixAllAsync(
            Method("map[\"trt_engine_cache_path\"] = [|\"a\"|]; map[\"trt_timing_cache_path\"] = [|\"b\"|];"),
            Method(
                "map[\"trt_engine_cache_path\"] = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), \"a\"); "
                + "map[\"trt_timing_cache_path\"] = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), \"b\");"));
}
