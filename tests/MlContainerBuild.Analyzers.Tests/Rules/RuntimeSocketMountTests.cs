using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.RuntimeSocketMountAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class RuntimeSocketMountTests
{
    private static string Method(string body) =>
        $$"""
        using System.Diagnostics;
        using Aspire.Hosting;
        using Aspire.Hosting.ApplicationModel;
        using Docker.DotNet;
        using Docker.DotNet.Models;
        using DotNet.Testcontainers.Builders;
        using k8s.Models;

        class Runner
        {
            const string Socket = "/var/run/docker.sock";

            void Run(IResourceBuilder<ContainerResource> resource, HostConfig host, string target)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("var h = new HostConfig { Binds = [[|\"/var/run/docker.sock:/var/run/docker.sock\"|]] };")]
    [InlineData("var h = new HostConfig { Binds = new List<string> { \"/data:/data\", [|\"/run/docker.sock:/run/docker.sock:ro\"|] } };")]
    [InlineData("var h = new HostConfig { Binds = new[] { [|$\"{Socket}:{target}\"|] } };")]
    [InlineData("host.Binds.Add([|Socket + \":\" + target|]);")]
    [InlineData("var m = new Mount { Type = \"bind\", Source = [|\"/run/containerd/containerd.sock\"|], Target = \"/x\" };")]
    [InlineData("var m = new Mount { Source = [|@\"\\\\.\\pipe\\docker_engine\"|] };")]
    [InlineData("var v = new V1Volume { HostPath = new() { Path = [|\"/var/run/docker.sock\"|] } };")]
    [InlineData("var v = new V1HostPathVolumeSource([|\"/run/crio/crio.sock\"|]);")]
    [InlineData("new ContainerBuilder().WithBindMount([|Socket|], Socket);")]
    [InlineData("resource.WithBindMount([|\"/var/run/docker.sock\"|], \"/var/run/docker.sock\");")]
    [InlineData("resource.WithBindMount([|\"//var/run/docker.sock\"|], \"/var/run/docker.sock\");")]
    [InlineData("resource.WithContainerRuntimeArgs([|\"-v\"|], \"/var/run/docker.sock:/var/run/docker.sock\");")]
    [InlineData("Process.Start(\"docker\", [|$\"run -v /var/run/docker.sock:/var/run/docker.sock {target}\"|]);")]
    [InlineData("Process.Start(\"docker\", [|\"run --mount type=bind,source=/var/run/docker.sock,target=/s x\"|]);")]
    public Task SocketAsTheSource_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("var c = new DockerClientConfiguration(new Uri(\"unix:///var/run/docker.sock\"));")]
    [InlineData("var c = new DockerClientConfiguration(new Uri(\"npipe://./pipe/docker_engine\"));")]
    [InlineData("var exists = File.Exists(\"/var/run/docker.sock\");")]
    [InlineData("var h = new HostConfig { Binds = [\"/data:/var/run/docker.sock\"] };")]
    [InlineData("var h = new HostConfig { Binds = [\"/var/run/docker.sock.bak:/x\", target] };")]
    [InlineData("var m = new Mount { Source = target, Target = \"/var/run/docker.sock\" };")]
    [InlineData("new ContainerBuilder().WithBindMount(target, Socket);")]
    [InlineData("Process.Start(\"docker\", \"-H unix:///var/run/docker.sock ps\");")]
    public Task ClientEndpointOrTarget_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));
}
