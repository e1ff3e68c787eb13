using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.ProviderOptionsNotAppliedAnalyzer,
    MlContainerBuild.CodeFixes.Rules.ProviderOptionsNotAppliedFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class ProviderOptionsNotAppliedTests
{
    /// <summary>A method with CUDA options in <c>cuda</c>, their values in <c>map</c>, a session's options in <c>so</c>.</summary>
    private static string Method(string body) =>
        $$"""
        using Microsoft.ML.OnnxRuntime;

        class Engine
        {
            object? field;

            SessionOptions Configure(SessionOptions so, Dictionary<string, string> map, bool flag, int id)
            {
                {{body.ReplaceLineEndings("\n        ")}}
                return so;
            }

            static void Apply(SessionOptions so, OrtCUDAProviderOptions options) => so.AppendExecutionProvider_CUDA(options);
        }
        """;

    [Theory]
    [InlineData("OrtCUDAProviderOptions", "so.AppendExecutionProvider_CUDA()")]
    [InlineData("OrtCUDAProviderOptions", "so.AppendExecutionProvider_CUDA(0)")]
    [InlineData("OrtCUDAProviderOptions", "so.AppendExecutionProvider_CUDA(deviceId: id)")]
    [InlineData("OrtCUDAProviderOptions", "so = SessionOptions.MakeSessionOptionWithCudaProvider()", "SessionOptions.MakeSessionOptionWithCudaProvider()")]
    [InlineData("OrtTensorRTProviderOptions", "so.AppendExecutionProvider_Tensorrt()")]
    [InlineData("OrtTensorRTProviderOptions", "so = SessionOptions.MakeSessionOptionWithTensorrtProvider(id)", "SessionOptions.MakeSessionOptionWithTensorrtProvider(id)")]
    [InlineData("OrtROCMProviderOptions", "so.AppendExecutionProvider_ROCm()")]
    [InlineData("OrtROCMProviderOptions", "so = SessionOptions.MakeSessionOptionWithRocmProvider()", "SessionOptions.MakeSessionOptionWithRocmProvider()")]
    public Task FilledOptionsAndDeviceIdOverload_Triggers(string options, string statement, string? call = null) =>
        Verify.VerifyAnalyzerAsync(Method(
            $"""
            using var o = new {options}();
            o.UpdateOptions(map);
            {statement.Replace(call ?? statement, $"[|{call ?? statement}|]", StringComparison.Ordinal)};
            """));

    [Theory]
    [InlineData("var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); [|so.AppendExecutionProvider_CUDA()|]; o.Dispose();")]
    [InlineData("using (var o = new OrtCUDAProviderOptions()) { o.UpdateOptions(map); [|so.AppendExecutionProvider_CUDA()|]; }")]
    [InlineData("OrtCUDAProviderOptions? o = null; o = new(); o?.UpdateOptions(map); [|so.AppendExecutionProvider_CUDA()|]; o?.Dispose();")]
    [InlineData("var o = new OrtCUDAProviderOptions(); using (o) { o.UpdateOptions(map); } [|so.AppendExecutionProvider_CUDA()|];")]
    [InlineData("using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); Console.WriteLine(o.GetOptions()); [|so.AppendExecutionProvider_CUDA()|];")]
    [InlineData("try { using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); [|so.AppendExecutionProvider_CUDA()|]; } catch (OnnxRuntimeException) { }")]
    [InlineData("[|so.AppendExecutionProvider_CUDA()|]; using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map);")]
    [InlineData("Action configure = () => { using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); [|so.AppendExecutionProvider_CUDA()|]; }; configure();")]
    [InlineData("using var o = new OrtCUDAProviderOptions(); if (flag) { o.UpdateOptions(map); } [|so.AppendExecutionProvider_CUDA()|];")]
    [InlineData("using var o = new OrtCUDAProviderOptions(); if (o is not null) { o.UpdateOptions(map); } [|so?.AppendExecutionProvider_CUDA()|];")]
    public Task OptionsThatNeverLeaveTheMember_Triggers(string body) =>
        Verify.VerifyAnalyzerAsync(Method(body.Replace("[|so?.AppendExecutionProvider_CUDA()|]", "so?[|.AppendExecutionProvider_CUDA()|]", StringComparison.Ordinal)));

    [Fact]
    public Task Message_NamesTheLocalAndTheCall() =>
        Verify.VerifyAnalyzerAsync(
            Method("using var tuned = new OrtCUDAProviderOptions(); tuned.UpdateOptions(map); {|#0:so.AppendExecutionProvider_CUDA()|};"),
            Verify.Diagnostic().WithLocation(0).WithArguments("tuned", "AppendExecutionProvider_CUDA"));

    [Fact]
    public Task TopLevelStatements_Triggers() =>
        Verify.VerifyAnalyzerAsync(
            """
            using Microsoft.ML.OnnxRuntime;
            var so = new SessionOptions();
            using var o = new OrtCUDAProviderOptions();
            o.UpdateOptions(new() { ["device_id"] = "1" });
            [|so.AppendExecutionProvider_CUDA()|];
            """);

    [Theory]
    [InlineData("using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); so.AppendExecutionProvider_CUDA(o);")]
    [InlineData("using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); Apply(so, o); so.AppendExecutionProvider_CUDA();")]
    [InlineData("var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); field = o; so.AppendExecutionProvider_CUDA();")]
    [InlineData("var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); var other = o; so.AppendExecutionProvider_CUDA();")]
    [InlineData("var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); Action apply = () => Apply(so, o); so.AppendExecutionProvider_CUDA();")]
    [InlineData("var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); var pair = (so, o); so.AppendExecutionProvider_CUDA();")]
    [InlineData("var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); var handle = o.DangerousGetHandle(); so.AppendExecutionProvider_CUDA();")]
    public Task OptionsThatMayBeAppliedElsewhere_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("if (flag) { using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); } else { so.AppendExecutionProvider_CUDA(); }")]
    [InlineData("if (flag) { using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); return so; } so.AppendExecutionProvider_CUDA();")]
    [InlineData("switch (id) { case 0: so.AppendExecutionProvider_CUDA(); break; default: using (var o = new OrtCUDAProviderOptions()) o.UpdateOptions(map); break; }")]
    public Task OptionsAndDeviceIdOnDifferentPaths_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("using var o = new OrtCUDAProviderOptions(); so.AppendExecutionProvider_CUDA();")]
    [InlineData("using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); so.AppendExecutionProvider_Tensorrt();")]
    [InlineData("using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); so.AppendExecutionProvider_DML(id);")]
    [InlineData("using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map);")]
    [InlineData("so.AppendExecutionProvider_CUDA(id);")]
    public Task NothingFilledOrNothingThatWouldTakeIt_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Fact]
    public Task LookAlikeOfAnotherLibrary_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(
            """
            class OrtCUDAProviderOptions { public void UpdateOptions(Dictionary<string, string> map) { } }

            class SessionOptions
            {
                public void AppendExecutionProvider_CUDA(int deviceId = 0) { }
                public void AppendExecutionProvider_CUDA(OrtCUDAProviderOptions options) { }

                void Configure()
                {
                    var o = new OrtCUDAProviderOptions();
                    o.UpdateOptions(new());
                    AppendExecutionProvider_CUDA();
                }
            }
            """);

    [Theory]
    [InlineData("so.AppendExecutionProvider_CUDA()", "so.AppendExecutionProvider_CUDA(o)")]
    [InlineData("so.AppendExecutionProvider_CUDA(0)", "so.AppendExecutionProvider_CUDA(o)")]
    [InlineData("so.AppendExecutionProvider_CUDA( deviceId: 0 )", "so.AppendExecutionProvider_CUDA(o)")]
    public Task DefaultDevice_IsFixed(string call, string repaired) =>
        Verify.VerifyCodeFixAsync(
            Method($"using var o = new OrtCUDAProviderOptions();\no.UpdateOptions(map);\n[|{call}|]; // GPU"),
            Method($"using var o = new OrtCUDAProviderOptions();\no.UpdateOptions(map);\n{repaired}; // GPU"));

    [Fact]
    public Task ConditionalCall_IsFixed() =>
        Verify.VerifyCodeFixAsync(
            Method("using var o = new OrtCUDAProviderOptions();\no.UpdateOptions(map);\nso?[|.AppendExecutionProvider_CUDA()|];"),
            Method("using var o = new OrtCUDAProviderOptions();\no.UpdateOptions(map);\nso?.AppendExecutionProvider_CUDA(o);"));

    [Theory]
    [InlineData("using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); [|so.AppendExecutionProvider_CUDA(1)|];")]
    [InlineData("using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); [|so.AppendExecutionProvider_CUDA(id)|];")]
    [InlineData("using (var o = new OrtCUDAProviderOptions()) { o.UpdateOptions(map); } [|so.AppendExecutionProvider_CUDA()|];")]
    [InlineData("var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map); o.Dispose(); [|so.AppendExecutionProvider_CUDA()|];")]
    [InlineData("OrtCUDAProviderOptions o; if (flag) { o = new(); o.UpdateOptions(map); } [|so.AppendExecutionProvider_CUDA()|];")]
    [InlineData("[|so.AppendExecutionProvider_CUDA()|]; using var o = new OrtCUDAProviderOptions(); o.UpdateOptions(map);")]
    public Task FixWouldChangeMoreThanTheOptions_OffersNone(string body) => Verify.VerifyCodeFixAsync(Method(body), Method(Unmarked(body)));

    [Fact]
    public Task FixAll_PassesEveryOptionsObject() =>
        Verify.VerifyFixAllAsync(
            Method(
                """
                using var cuda = new OrtCUDAProviderOptions();
                cuda.UpdateOptions(map);
                using var trt = new OrtTensorRTProviderOptions();
                trt.UpdateOptions(map);
                [|so.AppendExecutionProvider_Tensorrt()|];
                [|so.AppendExecutionProvider_CUDA(0)|];
                """),
            Method(
                """
                using var cuda = new OrtCUDAProviderOptions();
                cuda.UpdateOptions(map);
                using var trt = new OrtTensorRTProviderOptions();
                trt.UpdateOptions(map);
                so.AppendExecutionProvider_Tensorrt(trt);
                so.AppendExecutionProvider_CUDA(cuda);
                """));

    private static string Unmarked(string body) =>
        body.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
}
