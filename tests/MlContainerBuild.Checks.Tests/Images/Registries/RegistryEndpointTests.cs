using System.Net;
using System.Runtime.Versioning;

using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

/// <summary>Plain HTTP and untrusted certificates, exactly where the SDK allows them.</summary>
public sealed class RegistryEndpointTests : IDisposable
{
    private readonly TestMachine machine = new();
    private readonly TestImage image = TestImage.Create();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task PlainHttp_IsRefusedOnAnAddress()
    {
        using StubRegistry registry = Serve();

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.Unreachable, await ReadAsync(Address(registry)));

        Assert.Equal("no TLS connection can be made", failure.Detail);
        Assert.Empty(registry.Calls);
    }

    [Fact]
    public async Task PlainHttp_IsAllowedOnLocalhost()
    {
        using StubRegistry registry = Serve();

        RegistryAssert.Value(await ReadAsync(registry.Name));
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("other.example; {0} ;", true)]
    [InlineData("other.example,{0}", false)]
    [InlineData("127.0.0.1", false)]
    public async Task InsecureRegistriesVariable_IsSplitAtSemicolons(string value, bool isAllowed)
    {
        using StubRegistry registry = Serve();
        machine.Set("DOTNET_CONTAINER_INSECURE_REGISTRIES", string.Format(System.Globalization.CultureInfo.InvariantCulture, value, Address(registry)));

        RegistryResult<RegistryContent> result = await ReadAsync(Address(registry));

        Assert.Equal(isAllowed, result.TryGet(out _, out _));
    }

    [Fact]
    public async Task UntrustedCertificate_IsRefusedOnAnAddress()
    {
        using StubRegistry registry = Serve(tls: true);

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.UntrustedCertificate, await ReadAsync(Address(registry)));

        Assert.Equal("its certificate is not trusted", failure.Detail);
        Assert.Empty(registry.Calls);
    }

    [Fact]
    public async Task UntrustedCertificate_IsAcceptedWhereInsecureIsAllowed()
    {
        using StubRegistry registry = Serve(tls: true);
        machine.Set("DOTNET_CONTAINER_INSECURE_REGISTRIES", Address(registry));

        RegistryAssert.Value(await ReadAsync(Address(registry)));
        RegistryAssert.Value(await ReadAsync(registry.Name));
    }

    [Theory]
    [InlineData("""{{"RegistryConfig":{{"IndexConfigs":{{"{0}":{{"Secure":false}}}}}}}}""", true)]
    [InlineData("""{{"RegistryConfig":{{"IndexConfigs":{{"{0}":{{"Secure":true}}}}}}}}""", false)]
    [InlineData("""{{"RegistryConfig":{{"IndexConfigs":{{"other":{{"Secure":false}}}}}}}}""", false)]
    [InlineData("""{{"registries":{{"{0}":{{"Insecure":true}},"search":["docker.io"]}}}}""", true)]
    [InlineData("""{{"registries":{{"{0}":{{"Insecure":false}}}}}}""", false)]
    [InlineData("""{{"registries":[]}}""", false)]
    [InlineData("not JSON {0}", false)]
    [UnsupportedOSPlatform("windows")]
    public async Task InsecureRegistryOfTheDaemon_IsHonoured(string info, bool isAllowed)
    {
        foreach (bool tls in new[] { false, true })
        {
            using StubRegistry registry = Serve(tls);
            Docker($"echo '{string.Format(System.Globalization.CultureInfo.InvariantCulture, info, Address(registry))}'");

            Assert.Equal(isAllowed, (await ReadAsync(Address(registry))).TryGet(out _, out _));
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Daemon_IsNotAskedWhereNothingDependsOnIt()
    {
        using StubRegistry registry = Serve();
        Docker($"touch {machine.Home.Path}/asked");

        RegistryAssert.Value(await ReadAsync(registry.Name));

        Assert.False(File.Exists($"{machine.Home.Path}/asked"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task DaemonThatIsNotRunning_AllowsNothing()
    {
        using StubRegistry registry = Serve();
        Docker($$$$"""echo '{"registries":{"{{{{Address(registry)}}}}":{"Insecure":true}}}'; exit 1""");

        RegistryAssert.Failure(RegistryFailureKind.Unreachable, await ReadAsync(Address(registry)));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:5000", true)]
    [InlineData("localhost.example", false)]
    [InlineData("127.0.0.1:5000", false)]
    public void Localhost_IsTheOnlyNameThatIsInsecureByItself(string registry, bool expected) =>
        Assert.Equal(expected, new RegistryEndpoint(registry, new Uri("https://" + registry), machine.Environment).IsInsecure);

    [Theory]
    [InlineData("localhost", "http://localhost/")]
    [InlineData("localhost:5000", "http://localhost:5000/")]
    public async Task PlainHttp_KeepsAnExplicitPort(string registry, string expected)
    {
        var endpoint = new RegistryEndpoint(registry, new Uri("https://" + registry), machine.Environment);

        Assert.True(await endpoint.TryRelaxAsync(CancellationToken.None));

        Assert.Equal(expected, endpoint.Address.ToString());
        Assert.False(await endpoint.TryRelaxAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Proxy_IsTakenFromTheEnvironmentByTheRuntime()
    {
        // HttpClient reads HTTPS_PROXY and its like once, into this property; only one made-up host goes through ours.
        using var proxy = new ScriptedServer(_ => HttpReply.Text(403, ""));
        IWebProxy original = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new OneHostProxy(new Uri($"http://localhost:{proxy.Port}"), "proxied.invalid");
        try
        {
            RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.Unreachable, await ReadAsync("proxied.invalid"));

            Assert.Equal("the proxy refuses the connection", failure.Detail);
            Assert.Equal("CONNECT", Assert.Single(proxy.Calls).Method);
        }
        finally
        {
            HttpClient.DefaultProxy = original;
        }
    }

    private static string Address(StubRegistry registry) => $"127.0.0.1:{registry.Port}";

    [UnsupportedOSPlatform("windows")]
    private void Docker(string script)
    {
        machine.Home.WriteProgram("bin/docker", """[ "$1 $2" = "info --format={{json .}}" ] || exit 9""" + "\nPATH=/usr/bin:/bin\n" + script);
        machine.Set("PATH", Path.Combine(machine.Home.Path, "bin"));
    }

    private StubRegistry Serve(bool tls = false) => new StubRegistry(tls ? SelfSigned.Certificate : null).Add("base", "1", image);

    private async Task<RegistryResult<RegistryContent>> ReadAsync(string registry)
    {
        using RegistryClient client = machine.Client(registry);
        return await client.GetManifestAsync("base", "1", CancellationToken.None);
    }

    private sealed class OneHostProxy(Uri proxy, string host) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => proxy;

        public bool IsBypassed(Uri destination) => destination.Host != host;
    }
}
