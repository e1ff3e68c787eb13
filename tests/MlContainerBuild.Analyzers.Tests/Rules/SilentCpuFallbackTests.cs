using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.SilentCpuFallbackAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class SilentCpuFallbackTests
{
    private static string Method(string body) =>
        $$"""
        using System.Diagnostics;
        using Microsoft.Extensions.Logging;
        using Microsoft.ML;
        using Microsoft.ML.OnnxRuntime;
        using Microsoft.ML.Transforms.Onnx;

        class Engine
        {
            string Status { get; set; } = "";
            ILogger logger = null!;

            object? Configure(SessionOptions so, MLContext ml, bool flag)
            {
                {{body}}
                return so;
            }

            void Report(string text) { }
        }
        """;

    [Fact]
    public Task Test_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(Method("ml.FallbackToCpu = true; try { so.AppendExecutionProvider_CUDA(0); } catch { }") + "\nnamespace Xunit { class FactAttribute : Attribute; }");

    [Theory]
    [InlineData("[|catch|] { }")]
    [InlineData("[|catch|] (Exception) { }")]
    [InlineData("[|catch|] (OnnxRuntimeException e) { Debug.WriteLine(e); }")]
    [InlineData("[|catch|] (Exception e) { logger.LogDebug(e, \"no CUDA\"); }")]
    [InlineData("[|catch|] { so.AppendExecutionProvider_CPU(); }")]
    [InlineData("[|catch|] { so = new SessionOptions(); }")]
    [InlineData("[|catch|] { return new InferenceSession(\"m.onnx\"); }")]
    [InlineData("[|catch|] (EntryPointNotFoundException) { so.EnableCpuMemArena = true; }")]
    public Task CatchThatKeepsItToItself_Triggers(string handler) =>
        Verify.VerifyAnalyzerAsync(Method($"try {{ so.AppendExecutionProvider_CUDA(0); }} {handler}"));

    [Theory]
    [InlineData("so.AppendExecutionProvider_Tensorrt();")]
    [InlineData("so.AppendExecutionProvider_DML();")]
    [InlineData("if (flag) { so.AppendExecutionProvider_ROCm(); }")]
    [InlineData("so = SessionOptions.MakeSessionOptionWithCudaProvider();")]
    public Task EveryGpuProvider_Triggers(string append) => Verify.VerifyAnalyzerAsync(Method($"try {{ {append} }} [|catch|] {{ }}"));

    [Theory]
    [InlineData("catch { throw; }")]
    [InlineData("catch (Exception e) { throw new InvalidOperationException(\"no GPU\", e); }")]
    [InlineData("catch (Exception e) { logger.LogWarning(e, \"no CUDA\"); }")]
    [InlineData("catch (Exception e) { logger.LogInformation(e, \"no CUDA\"); }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e.Message); }")]
    [InlineData("catch (Exception e) { Status = e.Message; }")]
    [InlineData("catch { flag = false; }")]
    [InlineData("catch { return null; }")]
    [InlineData("catch { return false; }")]
    [InlineData("catch { Report(\"no GPU\"); }")]
    [InlineData("catch { so.AppendExecutionProvider_DML(); }")]
    [InlineData("catch (Exception e) when (e is OnnxRuntimeException) { }")]
    [InlineData("catch (OperationCanceledException) { }")]
    [InlineData("finally { so.EnableCpuMemArena = true; }")]
    public Task CatchThatTellsSomebody_DoesNotTrigger(string handler) =>
        Verify.VerifyAnalyzerAsync(Method($"try {{ so.AppendExecutionProvider_CUDA(0); }} {handler}"));

    [Theory]
    [InlineData("try { so.AppendExecutionProvider_CPU(); } catch { }")]
    [InlineData("try { so.AppendExecutionProvider_CoreML(); } catch { }")]
    [InlineData("try { Action later = () => so.AppendExecutionProvider_CUDA(0); } catch { }")]
    [InlineData("try { using var probe = new SessionOptions(); probe.AppendExecutionProvider_CUDA(0); flag = true; } catch { }")]
    [InlineData("SessionOptions? probe = null; try { probe = SessionOptions.MakeSessionOptionWithTensorrtProvider(0); flag = true; } catch { } finally { probe?.Dispose(); }")]
    [InlineData("try { try { so.AppendExecutionProvider_CUDA(0); } catch { throw; } } catch { }")]
    public Task NoGpuProviderOrOnlyAProbe_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("ml.Transforms.ApplyOnnxModel(\"m.onnx\", gpuDeviceId: 0, [|fallbackToCpu: true|]);")]
    [InlineData("ml.Transforms.ApplyOnnxModel(\"m.onnx\", 0, [|true|]);")]
    [InlineData("[|ml.FallbackToCpu = true|];")]
    [InlineData("var o = new OnnxOptions { GpuDeviceId = 0, [|FallbackToCpu = true|] };")]
    public Task MachineLearningFallback_Triggers(string statement) => Verify.VerifyAnalyzerAsync(Method(statement));

    [Theory]
    [InlineData("ml.Transforms.ApplyOnnxModel(\"m.onnx\", gpuDeviceId: 0);")]
    [InlineData("ml.Transforms.ApplyOnnxModel(\"m.onnx\", gpuDeviceId: 0, fallbackToCpu: flag);")]
    [InlineData("ml.Transforms.ApplyOnnxModel(\"m.onnx\", fallbackToCpu: true);")]
    [InlineData("ml.Transforms.ApplyOnnxModel(\"m.onnx\", gpuDeviceId: null, fallbackToCpu: true);")]
    [InlineData("ml.FallbackToCpu = false;")]
    public Task MachineLearningWithoutFallback_DoesNotTrigger(string statement) => Verify.VerifyAnalyzerAsync(Method(statement));
}
