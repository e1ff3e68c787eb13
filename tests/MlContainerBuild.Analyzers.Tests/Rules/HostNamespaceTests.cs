using Microsoft.CodeAnalysis;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.HostNamespaceAnalyzer,
    MlContainerBuild.CodeFixes.Rules.HostNamespaceFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class HostNamespaceTests
{
    private const string SharedMemory = "set the size of its shared memory instead (ShmSize, --shm-size, a memory volume)";

    private static string Method(string body) =>
        $$"""
        using System.Diagnostics;
        using Docker.DotNet.Models;
        using k8s.Models;

        class Runner
        {
            void Run(HostConfig host, string mode, bool flag)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("var h = new HostConfig { [|PidMode = \"host\"|] };")]
    [InlineData("[|host.PidMode = \"host\"|];")]
    [InlineData("var p = new V1PodSpec { [|HostPID = true|] };")]
    [InlineData("var p = new V1PodSpec(containers: [], [|hostPID: true|]);")]
    [InlineData("Process.Start(\"docker\", [|\"run --pid=host x\"|]);")]
    public Task HostsProcesses_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("{|#0:host.IpcMode = \"host\"|};", "ipc", SharedMemory)]
    [InlineData("var p = new V1PodSpec { {|#0:HostIPC = true|} };", "ipc", SharedMemory)]
    [InlineData("Process.Start(\"docker\", {|#0:\"run --ipc host x\"|});", "ipc", SharedMemory)]
    [InlineData("{|#0:host.NetworkMode = \"host\"|};", "network", "give it its own")]
    [InlineData("var p = new V1PodSpec { {|#0:HostNetwork = true|} };", "network", "give it its own")]
    [InlineData("Process.Start(\"docker\", {|#0:\"run --net=host x\"|});", "network", "give it its own")]
    public Task HostsMemoryOrNetwork_TriggersAsInfo(string body, string space, string instead) =>
        Verify.VerifyAnalyzerAsync(
            Method(body),
            Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithArguments(space, instead));

    [Theory]
    [InlineData("host.NetworkMode = \"bridge\";")]
    [InlineData("host.NetworkMode = mode;")]
    [InlineData("host.IpcMode = \"private\";")]
    [InlineData("var p = new V1PodSpec { HostPID = false, HostNetwork = flag };")]
    [InlineData("if (host.PidMode == \"host\") { }")]
    [InlineData("Process.Start(\"docker\", \"run --network models x\");")]
    [InlineData("Process.Start(\"docker\", \"network inspect host\");")]
    public Task OwnNamespace_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    private static Task VerifyFix(string body, string repaired, DiagnosticSeverity severity) =>
        Verify.VerifyCodeFixAsync(Method(body), [Verify.Diagnostic().WithLocation(0).WithSeverity(severity)], Method(repaired));

    [Theory]
    [InlineData("var h = new HostConfig { {|#0:IpcMode = \"host\"|}, Runtime = \"x\" };", "var h = new HostConfig { ShmSize = 8L << 30, Runtime = \"x\" };")]
    [InlineData("{|#0:host.IpcMode = \"host\"|};", "host.ShmSize = 8L << 30;")]
    public Task SharedMemory_GetsASize(string body, string repaired) => VerifyFix(body, repaired, DiagnosticSeverity.Info);

    [Theory]
    [InlineData("{|#0:host.NetworkMode = \"host\"|};", "host.NetworkMode = \"host\";")]
    [InlineData("var h = new HostConfig { {|#0:IpcMode = \"host\"|}, ShmSize = 1 };", "var h = new HostConfig { IpcMode = \"host\", ShmSize = 1 };")]
    public Task NetworkOrSizeThatIsSet_OffersNoFix(string body, string same) => VerifyFix(body, same, DiagnosticSeverity.Info);

    [Fact]
    public Task FixAll_GivesEveryContainerItsMemory() =>
        Verify.VerifyFixAllAsync(
            Method("var a = new HostConfig { {|#0:IpcMode = \"host\"|} }; {|#1:host.IpcMode = \"host\"|};"),
            [
                Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info),
                Verify.Diagnostic().WithLocation(1).WithSeverity(DiagnosticSeverity.Info),
            ],
            Method("var a = new HostConfig { ShmSize = 8L << 30 }; host.ShmSize = 8L << 30;"));
}
