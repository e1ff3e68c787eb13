using Microsoft.CodeAnalysis;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.PrivilegedContainerAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class PrivilegedContainerTests
{
    private const string TestFramework = "\nnamespace Xunit { class FactAttribute : Attribute; }";

    private static string Method(string body, string type = "Runner") =>
        $$"""
        using System.Diagnostics;
        using Aspire.Hosting;
        using Aspire.Hosting.ApplicationModel;
        using Docker.DotNet.Models;
        using DotNet.Testcontainers.Builders;
        using k8s.Models;

        class {{type}}
        {
            const bool Yes = true;

            void Run(IResourceBuilder<ContainerResource> resource, HostConfig host, bool flag)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("var h = new HostConfig { [|Privileged = true|] };")]
    [InlineData("var h = new HostConfig { [|Privileged = Yes|] };")]
    [InlineData("[|host.Privileged = true|];")]
    [InlineData("var p = new CreateContainerParameters { HostConfig = new() { [|Privileged = true|] } };")]
    [InlineData("var s = new V1SecurityContext { [|Privileged = true|] };")]
    [InlineData("var s = new V1SecurityContext([|privileged: true|]);")]
    [InlineData("resource.WithContainerRuntimeArgs([|\"--privileged\"|]);")]
    [InlineData("Process.Start(\"docker\", [|\"run --rm --privileged model-server\"|]);")]
    [InlineData("Process.Start(new ProcessStartInfo(\"docker\") { ArgumentList = { \"run\", [|\"--privileged=true\"|], \"model-server\" } });")]
    [InlineData("using var p = new Process(); p.StartInfo.FileName = \"docker\"; p.StartInfo.Arguments = [|\"run --privileged x\"|];")]
    public Task PrivilegedContainer_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("new ContainerBuilder().WithImage(\"x\").WithPrivileged({|#0:true|});", "")]
    [InlineData("var h = new HostConfig { {|#0:Privileged = true|} };", TestFramework)]
    [InlineData("Process.Start(\"docker\", {|#0:\"run --privileged model-server\"|});", TestFramework)]
    public Task Test_TriggersAsInfo(string body, string framework) =>
        Verify.VerifyAnalyzerAsync(Method(body) + framework, Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info));

    [Theory]
    [InlineData("var h = new HostConfig { Privileged = false };")]
    [InlineData("host.Privileged = flag;")]
    [InlineData("if (host.Privileged == true) { }")]
    [InlineData("var s = new V1SecurityContext { AllowPrivilegeEscalation = true };")]
    [InlineData("var s = new V1SecurityContext(allowPrivilegeEscalation: true);")]
    [InlineData("new ContainerBuilder().WithPrivileged(false);")]
    [InlineData("Process.Start(\"docker\", \"run model-server --privileged\");")]
    [InlineData("Process.Start(\"docker\", \"run --privileged=false model-server\");")]
    [InlineData("Process.Start(\"docker\", \"ps --filter label=privileged\");")]
    public Task UnprivilegedOrUnknown_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("new ContainerBuilder().WithImage(\"rancher/k3s:v1.30\").WithPrivileged(true);", "Runner")]
    [InlineData("new ContainerBuilder().WithImage(\"docker:27-dind\").WithPrivileged(true);", "Runner")]
    [InlineData("resource.WithContainerRuntimeArgs(\"--privileged\");", "K3sBuilderExtensions")]
    public Task ContainerThatRunsContainers_DoesNotTrigger(string body, string type) => Verify.VerifyAnalyzerAsync(Method(body, type));

    [Fact]
    public Task LookAlikeOfAnotherLibrary_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(
            """
            class HostConfig { public bool Privileged { get; set; } }
            class Account { void WithPrivileged(bool b) => WithPrivileged(true); object Host() => new HostConfig { Privileged = true }; }
            """);
}
