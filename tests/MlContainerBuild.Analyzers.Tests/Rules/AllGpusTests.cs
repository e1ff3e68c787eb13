using Microsoft.CodeAnalysis;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.AllGpusAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class AllGpusTests
{
    /// <summary>Top-level statements: an application that is deployed.</summary>
    private static string Application(string body) =>
        $$"""
        using System.Diagnostics;
        using Aspire.Hosting;
        using Aspire.Hosting.ApplicationModel;
        using Docker.DotNet.Models;
        using DotNet.Testcontainers.Builders;
        using k8s.Models;

        IResourceBuilder<ContainerResource> resource = null!;
        var info = new ProcessStartInfo();
        var gpu = args[0];
        {{body}}
        """;

    [Theory]
    [InlineData("var r = new DeviceRequest { Driver = \"nvidia\", [|Count = -1|], Capabilities = [[\"gpu\"]] };")]
    [InlineData("var r = new DeviceRequest(); [|r.Count = -1|];")]
    [InlineData("var p = new CreateContainerParameters { Env = [[|\"NVIDIA_VISIBLE_DEVICES=all\"|], \"A=b\"] };")]
    [InlineData("var p = new CreateContainerParameters { Env = new List<string> { [|\"NVIDIA_DRIVER_CAPABILITIES=all\"|] } };")]
    [InlineData("var p = new CreateContainerParameters(); p.Env.Add([|\"NVIDIA_VISIBLE_DEVICES=all\"|]);")]
    [InlineData("var e = new V1EnvVar { Name = \"NVIDIA_VISIBLE_DEVICES\", [|Value = \"all\"|] };")]
    [InlineData("var e = new V1EnvVar(\"NVIDIA_DRIVER_CAPABILITIES\", [|\"all\"|]);")]
    [InlineData("[|new ContainerBuilder().WithEnvironment(\"NVIDIA_VISIBLE_DEVICES\", \"all\")|].WithImage(\"x\");")]
    [InlineData("[|info.Environment[\"NVIDIA_VISIBLE_DEVICES\"] = \"all\"|];")]
    [InlineData("[|Environment.SetEnvironmentVariable(\"NVIDIA_DRIVER_CAPABILITIES\", \"all\")|];")]
    [InlineData("Process.Start(\"docker\", [|\"run --rm --gpus all model-server\"|]);")]
    [InlineData("Process.Start(\"docker\", [|\"run --gpus=all model-server\"|]);")]
    [InlineData("Process.Start(\"podman\", [|$\"run -d --device nvidia.com/gpu=all {gpu}\"|]);")]
    [InlineData("Process.Start(\"docker\", [|\"run -e NVIDIA_VISIBLE_DEVICES=all model-server\"|]);")]
    [InlineData("Process.Start(\"/usr/bin/docker\", [\"run\", [|\"--gpus\"|], \"all\", \"model-server\"]);")]
    [InlineData("info.FileName = \"docker\"; info.ArgumentList.Add(\"run\"); info.ArgumentList.Add([|\"--gpus\"|]); info.ArgumentList.Add(\"all\");")]
    [InlineData("Process.Start(\"bash\", [|\"-c \\\"docker run --gpus all model-server\\\"\"|]);")]
    public Task EverythingRequested_Triggers(string body) => Verify.VerifyAnalyzerAsync(Application(body));

    [Theory]
    [InlineData("resource.WithContainerRuntimeArgs({|#0:\"--gpus\"|}, \"all\");", "--gpus all", "--gpus device=<id>")]
    [InlineData("resource.WithContainerRuntimeArgs({|#0:\"--gpus=all\"|});", "--gpus all", "--gpus device=<id>")]
    [InlineData("{|#0:resource.WithEnvironment(\"NVIDIA_VISIBLE_DEVICES\", \"all\")|};", "NVIDIA_VISIBLE_DEVICES=all", "the device's id, or a MIG id")]
    public Task AppHostOnADevelopersMachine_TriggersAsInfo(string body, string request, string instead) =>
        Verify.VerifyAnalyzerAsync(
            Application(body),
            Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithArguments(request, instead));

    [Fact]
    public Task Library_TriggersAsInfo() =>
        Verify.VerifyAnalyzerAsync(
            "class Gpu { object Request() => new Docker.DotNet.Models.DeviceRequest { {|#0:Count = -1|} }; }",
            Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info));

    [Theory]
    [InlineData("var r = new DeviceRequest { Driver = \"nvidia\", Count = 1 };")]
    [InlineData("var r = new DeviceRequest { Driver = \"nvidia\", DeviceIDs = [gpu] };")]
    [InlineData("var p = new CreateContainerParameters { Env = [\"NVIDIA_VISIBLE_DEVICES=void\", $\"NVIDIA_VISIBLE_DEVICES={gpu}\", \"MODE=all\"] };")]
    [InlineData("var e = new V1EnvVar { Name = \"MODE\", Value = \"all\" };")]
    [InlineData("info.Environment[\"NVIDIA_VISIBLE_DEVICES\"] = gpu;")]
    [InlineData("info.Environment[\"NVIDIA_DRIVER_CAPABILITIES\"] = \"compute,utility\";")]
    [InlineData("info.Environment[\"CUDA_VISIBLE_DEVICES\"] = \"-1\";")]
    [InlineData("Process.Start(\"docker\", \"run --gpus device=0 model-server\");")]
    [InlineData("Process.Start(\"docker\", \"run model-server --gpus all\");")]
    [InlineData("Process.Start(\"docker\", \"exec model-server tool --gpus all\");")]
    [InlineData("Process.Start(\"train\", \"run --gpus all\");")]
    [InlineData("resource.WithContainerRuntimeArgs(\"--gpus\", \"device=0\");")]
    public Task OneDeviceOrAnotherTool_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Application(body));

    [Fact]
    public Task LookAlikeOfAnotherLibrary_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync("class DeviceRequest { public long Count { get; set; } object All() => new DeviceRequest { Count = -1 }; }");
}
