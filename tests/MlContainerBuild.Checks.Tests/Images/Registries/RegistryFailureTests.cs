using System.Net;
using System.Net.Sockets;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

public sealed class RegistryFailureTests : IDisposable
{
    private const string Path = "/v2/base/manifests/1";

    private readonly TestMachine machine = new();
    private readonly StubRegistry registry = new();
    private readonly TestImage image = TestImage.Create();

    public void Dispose()
    {
        registry.Dispose();
        machine.Dispose();
    }

    [Theory]
    [InlineData(403, RegistryFailureKind.Forbidden, "it denies access [DENIED]")]
    [InlineData(404, RegistryFailureKind.NotFound, "it does not have it [DENIED]")]
    [InlineData(418, RegistryFailureKind.UnexpectedStatus, "it answers as a registry does not [DENIED]")]
    [InlineData(204, RegistryFailureKind.UnexpectedStatus, "it answers as a registry does not")]
    public async Task FinalStatus_FailsAtOnceAndSaysTheErrorCode(int status, RegistryFailureKind kind, string detail)
    {
        registry.Answer(Path, HttpReply.Text(status, status == 204 ? "" : """{"errors":[{"code":"DENIED","message":"go away"}]}"""));

        RegistryFailure failure = RegistryAssert.Failure(kind, await ReadAsync());

        Assert.Equal(new RegistryFailure(kind, registry.Name, "base:1", detail) { Status = status }, failure);
        Assert.Single(registry.Calls);
    }

    [Theory]
    [InlineData("<html>Forbidden</html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"errors":[]}""")]
    [InlineData("""{"errors":[{"code":7}]}""")]
    [InlineData("""{"errors":[{"code":"see http://internal/?token=x"}]}""")]
    public async Task ErrorTextThatIsNoCode_IsNotRepeated(string body)
    {
        registry.Answer(Path, HttpReply.Text(403, body));

        Assert.Equal("it denies access", RegistryAssert.Failure(RegistryFailureKind.Forbidden, await ReadAsync()).Detail);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task ServerError_IsTriedAgainAndThenReported(int status)
    {
        registry.Answer(Path, HttpReply.Text(status, ""));

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.ServerError, await ReadAsync());

        Assert.Equal(status, failure.Status);
        Assert.Equal(4, registry.Calls.Count());
    }

    [Fact]
    public async Task ServerErrorThatPasses_IsNoFailure()
    {
        int count = 0;
        registry.Answer(Path, _ => count++ < 2 ? HttpReply.Text(502, "") : Reply());

        RegistryAssert.Value(await ReadAsync());
    }

    [Fact]
    public async Task RetryAfter_IsWaitedFor()
    {
        var clock = new InstantClock();
        int count = 0;
        registry.Answer(Path, _ => count++ == 0 ? HttpReply.Text(429, "") with { Headers = [("Retry-After", "7")] } : Reply());
        using RegistryClient client = machine.Client(registry.Name, clock: clock);

        RegistryAssert.Value(await client.GetManifestAsync("base", "1", CancellationToken.None));

        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Waits);
    }

    [Fact]
    public async Task WaitsGrow()
    {
        var clock = new InstantClock();
        registry.Answer(Path, HttpReply.Text(503, ""));
        using RegistryClient client = machine.Client(registry.Name, limits: new RegistryLimits(), clock: clock);

        RegistryAssert.Failure(RegistryFailureKind.ServerError, await client.GetManifestAsync("base", "1", CancellationToken.None));

        Assert.Equal([TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1)], clock.Waits);
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task RetryAfterBeyondTheLimit_IsNotWaitedFor(string value)
    {
        registry.Answer(Path, HttpReply.Text(429, "") with { Headers = [("Retry-After", value)] });

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.RateLimited, await ReadAsync());

        Assert.Contains("asks to wait", failure.Detail, StringComparison.Ordinal);
        Assert.Single(registry.Calls);
    }

    [Theory]
    [InlineData(Fault.Truncated)]
    [InlineData(Fault.Reset)]
    internal async Task BrokenConnection_IsTriedAgainAndThenReported(Fault fault)
    {
        registry.Answer(Path, Reply() with { Fault = fault });

        RegistryAssert.Failure(RegistryFailureKind.Interrupted, await ReadAsync());

        Assert.Equal(4, registry.Calls.Count());
    }

    [Fact]
    public async Task StalledAnswer_TimesOut()
    {
        registry.Answer(Path, Reply() with { Fault = Fault.Stalled });

        RegistryAssert.Failure(RegistryFailureKind.TimedOut, await ReadAsync(new() { AttemptTimeout = TimeSpan.FromMilliseconds(300) }));
    }

    [Fact]
    public async Task AllAttemptsTogether_TimeOut()
    {
        registry.Answer(Path, HttpReply.Text(503, "") with { Headers = [("Retry-After", "10")] });

        RegistryAssert.Failure(RegistryFailureKind.ServerError, await ReadAsync(new() { OverallTimeout = TimeSpan.FromSeconds(3) }));
    }

    [Theory]
    [InlineData(Fault.None)]
    [InlineData(Fault.Endless)]
    [InlineData(Fault.WithoutLength)]
    internal async Task BodyBeyondTheLimit_IsNotReadToItsEnd(Fault fault)
    {
        registry.Answer(Path, new HttpReply(200, new byte[100_000]) { Fault = fault });

        RegistryFailure failure = RegistryAssert.Failure(RegistryFailureKind.TooLarge, await ReadAsync(new() { ManifestBytes = 64 * 1024 }));

        Assert.Equal("it sends more than 0.06 MiB", failure.Detail);
    }

    [Fact]
    public async Task NobodyListening_IsUnreachable()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using RegistryClient client = machine.Client($"localhost:{port}");

        RegistryFailure failure = RegistryAssert.Failure(
            RegistryFailureKind.Unreachable, await client.GetManifestAsync("base", "1", CancellationToken.None));

        Assert.Equal("the connection is refused", failure.Detail);
    }

    [Fact]
    public async Task NameThatDoesNotResolve_IsUnreachable()
    {
        // RFC 2606 keeps this domain from ever existing.
        using RegistryClient client = machine.Client("registry.invalid");

        RegistryAssert.Failure(RegistryFailureKind.Unreachable, await client.GetManifestAsync("base", "1", CancellationToken.None));
    }

    [Fact]
    public async Task ServerThatSpeaksNoHttp_Fails()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task talk = Task.Run(async () =>
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2p1\r\n"u8.ToArray());
            }
        });
        using RegistryClient client = machine.Client($"localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");

        RegistryResult<RegistryContent> result = await client.GetManifestAsync("base", "1", CancellationToken.None);

        Assert.False(result.TryGet(out _, out RegistryFailure? failure));
        Assert.Contains(failure.Kind, new[] { RegistryFailureKind.Unreachable, RegistryFailureKind.Interrupted });
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => talk);
    }

    [Fact]
    public void DigestMismatch_BecomesTheRuleOfContent_EverythingElseThatOfReading()
    {
        var source = new ValueSource.Property("ContainerBaseImage");
        foreach (RegistryFailureKind kind in Enum.GetValues<RegistryFailureKind>())
        {
            Finding finding = new RegistryFailure(kind, "registry.example", "app:1", "it fails") { Status = 500 }.ToFinding(source);

            Assert.Equal(kind == RegistryFailureKind.DigestMismatch ? "MLC3003" : "MLC9007", finding.Rule.Id);
            Assert.Equal("Reading app:1 from registry registry.example failed: it fails (HTTP 500). What cannot be read cannot be verified.", finding.Message);
            Assert.NotEmpty(finding.Fix);
            Assert.Equal(source, finding.Source);
        }
    }

    private HttpReply Reply() => new(200, image.Manifest.Bytes, TestImage.OciManifest);

    private async Task<RegistryResult<RegistryContent>> ReadAsync(RegistryLimits? limits = null)
    {
        using RegistryClient client = machine.Client(registry.Name, limits: limits);
        return await client.GetManifestAsync("base", "1", CancellationToken.None);
    }

    /// <summary>Waits no time at all, and notes how long it would have been.</summary>
    private sealed class InstantClock : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
