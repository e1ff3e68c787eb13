using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.UnknownProviderNameAnalyzer,
    MlContainerBuild.CodeFixes.Rules.UnknownProviderNameFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class UnknownProviderNameTests
{
    private static string Method(string body) =>
        $$"""
        using System.Collections.Generic;
        using Microsoft.ML.OnnxRuntime;

        class Engine
        {
            const string Name = "CUDAExecutionProvider";

            void Configure(SessionOptions so, Dictionary<string, string> map, string name)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """;

    [Theory]
    [InlineData("\"CUDA\"")]
    [InlineData("\"CUDAExecutionProvider\"")]
    [InlineData("\"cuda\"")]
    [InlineData("\"TensorRT\"")]
    [InlineData("\"TensorrtExecutionProvider\"")]
    [InlineData("\"ROCM\"")]
    [InlineData("Name")]
    [InlineData("\"CUDA\" + \"ExecutionProvider\"")]
    public Task RejectedName_Triggers(string name) =>
        Verify.VerifyAnalyzerAsync(Method($"so.AppendExecutionProvider([|{name}|], map);"));

    [Fact]
    public Task RejectedNameInAVariable_Triggers() =>
        Verify.VerifyAnalyzerAsync(Method("""var ep = "CUDA"; so.AppendExecutionProvider([|ep|]);"""));

    [Fact]
    public Task Message_NamesTheMethodToCall() =>
        Verify.VerifyAnalyzerAsync(
            Method("""so.AppendExecutionProvider({|#0:"TensorrtExecutionProvider"|});"""),
            Verify.Diagnostic().WithLocation(0).WithArguments("TensorrtExecutionProvider", "Tensorrt"));

    [Theory]
    [InlineData("\"DML\"")]
    [InlineData("\"OpenVINO\"")]
    [InlineData("\"QNN\"")]
    [InlineData("\"CoreML\"")]
    [InlineData("\"NvTensorRTRTXExecutionProvider\"")]
    [InlineData("\"MIGraphX\"")]
    [InlineData("\"SomethingNew\"")]
    [InlineData("name")]
    public Task OtherName_DoesNotTrigger(string name) =>
        Verify.VerifyAnalyzerAsync(Method($"so.AppendExecutionProvider({name}, map);"));

    [Theory]
    [InlineData("so.AppendExecutionProvider_CUDA();")]
    [InlineData("""System.Linq.Enumerable.Contains(OrtEnv.Instance().GetAvailableProviders(), "CUDAExecutionProvider");""")]
    [InlineData("so.AppendExecutionProvider(OrtEnv.Instance(), OrtEnv.Instance().GetEpDevices(), map);")]
    public Task OtherUseOfTheName_DoesNotTrigger(string statement) => Verify.VerifyAnalyzerAsync(Method(statement));

    [Fact]
    public Task MethodOfAnotherLibrary_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(
            """
            class SessionOptions
            {
                void AppendExecutionProvider(string name) => AppendExecutionProvider("CUDA");
            }
            """);

    [Fact]
    public Task CallWithoutOptions_CallsTheProvidersMethod() =>
        Verify.VerifyCodeFixAsync(
            Method("""so.AppendExecutionProvider([|"ROCM"|]);"""),
            Method("so.AppendExecutionProvider_ROCm();"));

    [Fact]
    public Task CallWithOptions_AppliesThemAsAnObject() =>
        Verify.VerifyCodeFixAsync(
            Method("""so.AppendExecutionProvider([|"CUDA"|], map);"""),
            Method(
                """
                using (var providerOptions = new OrtCUDAProviderOptions())
                {
                    providerOptions.UpdateOptions(map);
                    so.AppendExecutionProvider_CUDA(providerOptions);
                }
                """));

    [Fact]
    public Task OptionsThatMayBeNull_OffersNoFix() =>
        Verify.VerifyCodeFixAsync(
            Method("""so.AppendExecutionProvider([|"CUDA"|], name == "" ? null : map);"""),
            Method("""so.AppendExecutionProvider("CUDA", name == "" ? null : map);"""));

    [Fact]
    public Task FixAll_RepairsEveryCall() =>
        Verify.VerifyFixAllAsync(
            Method(
                """
                if (name == "trt")
                    so.AppendExecutionProvider([|"TensorRT"|], new() { ["device_id"] = "0" });
                so.AppendExecutionProvider([|"CUDA"|], map);
                """),
            Method(
                """
                if (name == "trt")
                    using (var providerOptions = new OrtTensorRTProviderOptions())
                    {
                        providerOptions.UpdateOptions(new() { ["device_id"] = "0" });
                        so.AppendExecutionProvider_Tensorrt(providerOptions);
                    }
                using (var providerOptions = new OrtCUDAProviderOptions())
                {
                    providerOptions.UpdateOptions(map);
                    so.AppendExecutionProvider_CUDA(providerOptions);
                }
                """));
}
