using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.UselessMemoryLimitAnalyzer,
    MlContainerBuild.CodeFixes.Rules.UselessMemoryLimitFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class UselessMemoryLimitTests
{
    private static string Method(string body) =>
        $$"""
        using System.Collections.Generic;

        class Engine
        {
            const long Unlimited = 0;

            void Configure(Dictionary<string, string> map, long limit)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """;

    [Theory]
    [InlineData("\"0\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"18446744073709551615\"")]
    [InlineData("\"9223372036854775807\"")]
    [InlineData("ulong.MaxValue.ToString()")]
    [InlineData("Unlimited.ToString()")]
    [InlineData("$\"{Unlimited}\"")]
    public Task LimitThatLimitsNothing_Triggers(string value) =>
        Verify.VerifyAnalyzerAsync(Method($$"""var o = new Dictionary<string, string> { ["gpu_mem_limit"] = [|{{value}}|] };"""));

    [Theory]
    [InlineData("""var o = new Dictionary<string, string> { { "gpu_mem_limit", [|"0"|] } };""")]
    [InlineData("""map["gpu_mem_limit"] = [|"0"|];""")]
    [InlineData("""map.Add("gpu_mem_limit", [|"0"|]);""")]
    [InlineData("""map.TryAdd("gpu_mem_limit", [|"0"|]);""")]
    [InlineData("""new Microsoft.ML.OnnxRuntimeGenAI.Config("model").SetProviderOption("cuda", "gpu_mem_limit", [|"0"|]);""")]
    public Task EverySpellingOfAnEntry_Triggers(string statement) => Verify.VerifyAnalyzerAsync(Method(statement));

    [Theory]
    [InlineData("\"4294967296\"")]
    [InlineData("(2L * 1024 * 1024 * 1024).ToString()")]
    [InlineData("limit.ToString()")]
    [InlineData("\"\"")]
    [InlineData("\"bytes the arena may take\"")]
    public Task RealOrUnknownLimit_DoesNotTrigger(string value) =>
        Verify.VerifyAnalyzerAsync(Method($"""map["gpu_mem_limit"] = {value};"""));

    [Fact]
    public Task OtherOption_DoesNotTrigger() => Verify.VerifyAnalyzerAsync(Method("""map["device_id"] = "0";"""));

    [Fact]
    public Task Initializer_GetsALimitAndTheStrategy() =>
        Verify.VerifyCodeFixAsync(
            Method(
                """
                var o = new Dictionary<string, string>
                {
                    ["device_id"] = "0",
                    ["gpu_mem_limit"] = [|"0"|], // everything
                };
                """),
            Method(
                """
                var o = new Dictionary<string, string>
                {
                    ["device_id"] = "0",
                    ["gpu_mem_limit"] = "4294967296", // everything
                    ["arena_extend_strategy"] = "kSameAsRequested",
                };
                """));

    [Fact]
    public Task InitializerOfPairsInOneLine_KeepsItsStyle() =>
        Verify.VerifyCodeFixAsync(
            Method("""var o = new Dictionary<string, string> { { "gpu_mem_limit", [|"0"|] } };"""),
            Method("""var o = new Dictionary<string, string> { { "gpu_mem_limit", "4294967296" }, { "arena_extend_strategy", "kSameAsRequested" } };"""));

    [Fact]
    public Task FixAll_SetsEveryLimit() =>
        Verify.VerifyFixAllAsync(
            Method(
                """
                map["gpu_mem_limit"] = [|"0"|];
                map.Add("gpu_mem_limit", [|"-1"|]);
                var o = new Dictionary<string, string> { ["arena_extend_strategy"] = "kNextPowerOfTwo", ["gpu_mem_limit"] = [|"0"|] };
                """),
            Method(
                """
                map["gpu_mem_limit"] = "4294967296";
                map.Add("gpu_mem_limit", "4294967296");
                var o = new Dictionary<string, string> { ["arena_extend_strategy"] = "kNextPowerOfTwo", ["gpu_mem_limit"] = "4294967296" };
                """));
}
