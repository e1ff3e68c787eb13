using Microsoft.CodeAnalysis;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.PlainDaemonEndpointAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class PlainDaemonEndpointTests
{
    private static string Method(string body) =>
        $$"""
        using Docker.DotNet;
        using Docker.DotNet.X509;
        using DotNet.Testcontainers.Builders;

        class Client
        {
            const string Address = "tcp://gpu-host:2375";

            void Connect(Uri uri, string host, CertificateCredentials certificate, IAuthProvider auth)
            {
                {{body}}
            }
        }
        """;

    [Fact]
    public Task Test_TriggersAsInfo() =>
        Verify.VerifyAnalyzerAsync(
            Method("Environment.SetEnvironmentVariable(\"DOCKER_HOST\", {|#0:Address|});") + "\nnamespace Xunit { class FactAttribute : Attribute; }",
            Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info));

    [Theory]
    [InlineData("var c = new DockerClientConfiguration([|new Uri(\"http://gpu-host:2375\")|]);")]
    [InlineData("var c = new DockerClientConfiguration([|new Uri(Address)|], new AnonymousCredentials());")]
    [InlineData("var c = new DockerClientConfiguration([|new Uri(Address)|], null);")]
    [InlineData("var u = new Uri(\"http://gpu-host:2375\"); var c = new DockerClientConfiguration([|u|]);")]
    [InlineData("var c = new DockerClientConfiguration([|new Uri($\"tcp://{host}:2375\")|]);")]
    [InlineData("var c = new DockerClientConfiguration(defaultTimeout: default, endpoint: [|new Uri(Address)|]);")]
    [InlineData("var c = new DockerClientBuilder().WithEndpoint([|new Uri(Address)|]).Build();")]
    [InlineData("new ContainerBuilder().WithDockerEndpoint([|Address|]);")]
    [InlineData("Environment.SetEnvironmentVariable(\"DOCKER_HOST\", [|\"tcp://10.0.0.5:2375\"|]);")]
    public Task DaemonWithoutCertificates_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("http://localhost:2375")]
    [InlineData("tcp://127.0.0.1:2375")]
    [InlineData("http://[::1]:2375")]
    public Task Loopback_TriggersAsInfo(string address) =>
        Verify.VerifyAnalyzerAsync(
            Method($"var c = new DockerClientConfiguration({{|#0:new Uri(\"{address}\")|}});"),
            Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithArguments(address));

    [Theory]
    [InlineData("var c = new DockerClientConfiguration(new Uri(\"https://gpu-host:2376\"), certificate);")]
    [InlineData("var c = new DockerClientConfiguration(new Uri(\"tcp://gpu-host:2376\"), certificate);")]
    [InlineData("var c = new DockerClientConfiguration(new Uri(\"unix:///var/run/docker.sock\"));")]
    [InlineData("var c = new DockerClientConfiguration(new Uri(\"npipe://./pipe/docker_engine\"));")]
    [InlineData("var c = new DockerClientConfiguration(uri);")]
    [InlineData("var c = new DockerClientBuilder().WithEndpoint(new Uri(Address)).WithAuthProvider(auth).Build();")]
    [InlineData("var http = new HttpClient { BaseAddress = new Uri(\"http://gpu-host:2375\") };")]
    [InlineData("Environment.SetEnvironmentVariable(\"OLLAMA_HOST\", \"tcp://10.0.0.5:11434\");")]
    public Task ProtectedLocalOrOtherEndpoint_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));
}
