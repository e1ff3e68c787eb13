using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.NativeLibraryPathAnalyzer,
    MlContainerBuild.CodeFixes.Rules.NativeLibraryPathFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class NativeLibraryPathTests
{
    private static string Method(string body) =>
        $$"""
        using System;
        using System.IO;
        using System.Collections.Generic;
        using LLama.Native;
        using Microsoft.ML.OnnxRuntime;

        class Engine
        {
            void Configure(Dictionary<string, string> map, SessionOptions so, OrtEnv env, string path)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """;

    [Theory]
    [InlineData("so.RegisterCustomOpLibrary([|\"custom_op.so\"|]);")]
    [InlineData("so.RegisterCustomOpLibraryV2([|\"./custom_op.so\"|], out var handle);")]
    [InlineData("so.RegisterCustomOpLibraryV2([|Path.Combine(Path.GetTempPath(), path)|], out _);")]
    [InlineData("map[\"trt_engine_decryption_lib_path\"] = [|\"libdecrypt.so\"|];")]
    [InlineData("map.Add(\"trt_extra_plugin_lib_paths\", [|\"/opt/a.so;plugins/b.so\"|]);")]
    [InlineData("env.RegisterExecutionProviderLibrary(\"my\", [|\"./my_ep.so\"|]);")]
    [InlineData("NativeLibraryConfig.LLama.WithLibrary([|\"libllama.so\"|]);")]
    [InlineData("NativeLibraryConfig.All.WithLibrary([|\"./native/libllama.so\"|], path);")]
    [InlineData("NativeLibraryConfig.All.WithSearchDirectory([|\"./native\"|]);")]
    [InlineData("NativeLibraryConfig.All.WithSearchDirectories([path, [|\"native/\"|]]);")]
    [InlineData("so.RegisterCustomOpLibrary(path ?? [|\"custom_op.so\"|]);")]
    [InlineData("Environment.SetEnvironmentVariable(\"LD_PRELOAD\", [|\"libhook.so\"|]);")]
    [InlineData("new System.Diagnostics.ProcessStartInfo(\"worker\").Environment[\"LD_PRELOAD\"] = [|\"./libhook.so\"|];")]
    [InlineData("Environment.SetEnvironmentVariable(\"CUDA_INJECTION64_PATH\", [|\"/tmp/inject.so\"|]);")]
    public Task LibraryThatOthersCanPlant_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("so.RegisterCustomOpLibrary(Path.Combine(AppContext.BaseDirectory, \"custom_op.so\"));")]
    [InlineData("so.RegisterCustomOpLibrary(path);")]
    [InlineData("so.RegisterOrtExtensions();")]
    [InlineData("map[\"trt_extra_plugin_lib_paths\"] = \"/opt/plugins/a.so;/opt/plugins/b.so\";")]
    [InlineData("env.RegisterExecutionProviderLibrary(\"my\", \"my_ep.so\");")]
    [InlineData("NativeLibraryConfig.LLama.WithLibrary(\"/opt/llama/libllama.so\");")]
    [InlineData("NativeLibraryConfig.All.WithLibrary(null, null);")]
    [InlineData("Environment.SetEnvironmentVariable(\"LD_PRELOAD\", \"/usr/lib/x86_64-linux-gnu/libtcmalloc.so.4\");")]
    [InlineData("Environment.SetEnvironmentVariable(\"LD_PRELOAD\", null);")]
    [InlineData("System.Runtime.InteropServices.NativeLibrary.Load(\"libm.so\");")]
    public Task FixedOrUnknownPath_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Fact]
    public Task ConfiguredExtensions_OfferNoFix() =>
        Verify.VerifyCodeFixAsync(
            Method("so.RegisterCustomOpLibrary(path ?? [|\"ortextensions.dll\"|]);"),
            Method("so.RegisterCustomOpLibrary(path ?? \"ortextensions.dll\");"));

    [Theory]
    [InlineData("so.RegisterCustomOpLibrary([|\"ortextensions.dll\"|]);")]
    [InlineData("so.RegisterCustomOpLibraryV2([|\"libortextensions.so\"|], out var handle);")]
    [InlineData("so.RegisterCustomOpLibraryV2([|\"ortextensions\"|], out _);")]
    public Task Extensions_AreRegisteredByThePackage(string body) =>
        Verify.VerifyCodeFixAsync(Method(body), Method("so.RegisterOrtExtensions();"));

    [Theory]
    [InlineData("so.RegisterCustomOpLibrary([|\"custom_op.so\"|]);")]
    [InlineData("so.RegisterCustomOpLibrary([|\"./custom_op.so\"|]);")]
    public Task OtherLibrary_IsLoadedFromTheApplication(string body) =>
        Verify.VerifyCodeFixAsync(Method(body), Method("so.RegisterCustomOpLibrary(Path.Combine(AppContext.BaseDirectory, \"custom_op.so\"));"));

    [Theory]
    [InlineData("so.RegisterCustomOpLibraryV2([|\"ortextensions.dll\"|], out var handle); Console.WriteLine(handle);")]
    [InlineData("so.RegisterCustomOpLibrary([|Path.Combine(Path.GetTempPath(), path)|]);")]
    [InlineData("NativeLibraryConfig.LLama.WithLibrary([|\"libllama.so\"|]);")]
    public Task HandleInUseOrNoConstant_OffersNoFix(string body) =>
        Verify.VerifyCodeFixAsync(
            Method(body),
            Method(body.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)));

    [Fact]
    public Task FixAll_MakesEveryPathAbsolute() =>
        Verify.VerifyFixAllAsync(
            Method("so.RegisterCustomOpLibrary([|\"a.so\"|]); so.RegisterCustomOpLibraryV2([|\"b.so\"|], out var handle);"),
            Method(
                "so.RegisterCustomOpLibrary(Path.Combine(AppContext.BaseDirectory, \"a.so\")); "
                + "so.RegisterCustomOpLibraryV2(Path.Combine(AppContext.BaseDirectory, \"b.so\"), out var handle);"));
}
