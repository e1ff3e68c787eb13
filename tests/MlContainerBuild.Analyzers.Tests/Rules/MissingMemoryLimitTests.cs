using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.MissingMemoryLimitAnalyzer,
    MlContainerBuild.CodeFixes.Rules.MissingMemoryLimitFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class MissingMemoryLimitTests
{
    private static string Method(string body, string members = "") =>
        $$"""
        using System.Collections.Generic;
        using Microsoft.ML.OnnxRuntime;

        class Engine
        {
            {{members}}

            void Configure(SessionOptions so, Dictionary<string, string> map, int id)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """;

    [Theory]
    [InlineData("[|so.AppendExecutionProvider_CUDA()|];")]
    [InlineData("[|so.AppendExecutionProvider_CUDA(id)|];")]
    [InlineData("[|so.AppendExecutionProvider_ROCm(0)|];")]
    [InlineData("using var session = new InferenceSession(\"m.onnx\", [|SessionOptions.MakeSessionOptionWithCudaProvider()|]);")]
    [InlineData("[|so.AppendExecutionProvider_CUDA(new OrtCUDAProviderOptions())|];")]
    [InlineData("using var o = new OrtCUDAProviderOptions(); [|so.AppendExecutionProvider_CUDA(o)|];")]
    public Task ProviderWithoutOptions_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("""o.UpdateOptions(new Dictionary<string, string> { ["device_id"] = "0" });""")]
    [InlineData("""o.UpdateOptions(new() { { "device_id", id.ToString() } });""")]
    [InlineData("""var d = new Dictionary<string, string>(); d["device_id"] = "0"; d.Add("use_tf32", "0"); o.UpdateOptions(d);""")]
    public Task OptionsInSightWithoutALimit_Triggers(string fill) =>
        Verify.VerifyAnalyzerAsync(Method($"using var o = new OrtCUDAProviderOptions(); {fill} [|so.AppendExecutionProvider_CUDA(o)|];"));

    [Theory]
    [InlineData("""o.UpdateOptions(new Dictionary<string, string> { ["gpu_mem_limit"] = "4294967296" });""")]
    [InlineData("""var d = new Dictionary<string, string>(); d["gpu_mem_limit"] = "4294967296"; o.UpdateOptions(d);""")]
    [InlineData("""o.UpdateOptions(new Dictionary<string, string> { ["device_id"] = "0" }); o.UpdateOptions(new() { ["gpu_mem_limit"] = "1" });""")]
    [InlineData("o.UpdateOptions(map);")]
    [InlineData("""var d = new Dictionary<string, string>(map); d["device_id"] = "0"; o.UpdateOptions(d);""")]
    [InlineData("""var d = new Dictionary<string, string>(); Fill(d); o.UpdateOptions(d);""")]
    [InlineData("""var d = new Dictionary<string, string>(); foreach (var (k, v) in map) d[k] = v; o.UpdateOptions(d);""")]
    [InlineData("Fill(o);")]
    public Task LimitOrOptionsNotInSight_DoesNotTrigger(string fill) =>
        Verify.VerifyAnalyzerAsync(Method(
            $"using var o = new OrtCUDAProviderOptions(); {fill} so.AppendExecutionProvider_CUDA(o);",
            "static void Fill(object o) { }"));

    [Theory]
    [InlineData("using var probe = new SessionOptions(); probe.AppendExecutionProvider_CUDA();")]
    [InlineData("SessionOptions? probe = null; try { probe = SessionOptions.MakeSessionOptionWithCudaProvider(id); } finally { probe?.Dispose(); }")]
    [InlineData("SessionOptions.MakeSessionOptionWithCudaProvider(id).Dispose();")]
    public Task ProbeThatMakesNoSession_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("void Share(OrtEnv env, OrtMemoryInfo info) => env.CreateAndRegisterAllocator(info, new OrtArenaCfg(1 << 30, 1, -1, -1));")]
    [InlineData("void Shrink(RunOptions run) => run.AddRunConfigEntry(\"memory.enable_memory_arena_shrinkage\", \"gpu:0\");")]
    public Task ArenaConfiguredInTheType_DoesNotTrigger(string member) =>
        Verify.VerifyAnalyzerAsync(Method("so.AppendExecutionProvider_CUDA(id);", member));

    [Theory]
    [InlineData("so.AppendExecutionProvider_DML(0);")]
    [InlineData("so.AppendExecutionProvider_CPU();")]
    [InlineData("so.AppendExecutionProvider_Tensorrt(0);")]
    [InlineData("so.AppendExecutionProvider_OpenVINO(\"GPU\");")]
    public Task ProviderWithoutSuchAnOption_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Fact]
    public Task OptionsThatAreDropped_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(Method("using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); so.AppendExecutionProvider_CUDA();"));

    [Theory]
    [InlineData("so.AppendExecutionProvider_CUDA()", "")]
    [InlineData("so.AppendExecutionProvider_CUDA(2)", "[\"device_id\"] = \"2\", ")]
    [InlineData("so.AppendExecutionProvider_CUDA(id)", "[\"device_id\"] = $\"{id}\", ")]
    public Task DeviceId_BecomesOptionsOfTheSameDevice(string call, string device) =>
        Verify.VerifyCodeFixAsync(
            Method($"[|{call}|];"),
            Method(
                $$"""
                using (var providerOptions = new OrtCUDAProviderOptions())
                {
                    providerOptions.UpdateOptions(new Dictionary<string, string> { {{device}}["gpu_mem_limit"] = "4294967296", ["arena_extend_strategy"] = "kSameAsRequested" });
                    so.AppendExecutionProvider_CUDA(providerOptions);
                }
                """));

    [Fact]
    public Task OptionsInSight_GetTheLimit() =>
        Verify.VerifyCodeFixAsync(
            Method(
                """
                using var o = new OrtCUDAProviderOptions();
                o.UpdateOptions(new Dictionary<string, string>
                {
                    // The first one.
                    { "device_id", "0" }
                });
                [|so.AppendExecutionProvider_CUDA(o)|];
                """),
            Method(
                """
                using var o = new OrtCUDAProviderOptions();
                o.UpdateOptions(new Dictionary<string, string>
                {
                    // The first one.
                    { "device_id", "0" },
                    { "gpu_mem_limit", "4294967296" },
                    { "arena_extend_strategy", "kSameAsRequested" }
                });
                so.AppendExecutionProvider_CUDA(o);
                """));

    [Theory]
    [InlineData("so.GetHashCode() > 0 ? 1 : 2", "(so.GetHashCode() > 0 ? 1 : 2).ToString()")]
    [InlineData("int.Parse(\"1\")", "(int.Parse(\"1\")).ToString()")]
    public Task ComputedDevice_IsKept(string device, string text) =>
        Verify.VerifyCodeFixAsync(
            Method($"[|so.AppendExecutionProvider_CUDA({device})|];"),
            Method(
                $$"""
                using (var providerOptions = new OrtCUDAProviderOptions())
                {
                    providerOptions.UpdateOptions(new Dictionary<string, string> { ["device_id"] = {{text}}, ["gpu_mem_limit"] = "4294967296", ["arena_extend_strategy"] = "kSameAsRequested" });
                    so.AppendExecutionProvider_CUDA(providerOptions);
                }
                """));

    [Fact]
    public Task CallInsideAnExpression_OffersNoFix() =>
        Verify.VerifyCodeFixAsync(
            Method("using var session = new InferenceSession(\"m.onnx\", [|SessionOptions.MakeSessionOptionWithCudaProvider()|]);"),
            Method("using var session = new InferenceSession(\"m.onnx\", SessionOptions.MakeSessionOptionWithCudaProvider());"));

    [Fact]
    public Task FixAll_LimitsEveryProvider() =>
        Verify.VerifyFixAllAsync(
            Method(
                """
                [|so.AppendExecutionProvider_CUDA()|];
                [|so.AppendExecutionProvider_ROCm(1)|];
                """),
            Method(
                """
                using (var providerOptions = new OrtCUDAProviderOptions())
                {
                    providerOptions.UpdateOptions(new Dictionary<string, string> { ["gpu_mem_limit"] = "4294967296", ["arena_extend_strategy"] = "kSameAsRequested" });
                    so.AppendExecutionProvider_CUDA(providerOptions);
                }
                using (var providerOptions = new OrtROCMProviderOptions())
                {
                    providerOptions.UpdateOptions(new Dictionary<string, string> { ["device_id"] = "1", ["gpu_mem_limit"] = "4294967296", ["arena_extend_strategy"] = "kSameAsRequested" });
                    so.AppendExecutionProvider_ROCm(providerOptions);
                }
                """));
}
