using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace MlContainerBuild.Checks.Tests.Images.Registries.Servers;

/// <summary>The real registry (Debian's <c>docker-registry</c>) on a free loopback port, with its data in a temporary folder.</summary>
internal sealed partial class DockerRegistry : IDisposable
{
    private readonly Process process;
    private readonly TemporaryFolder folder;

    private DockerRegistry(Process process, TemporaryFolder folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    public string Name => $"localhost:{Port}";

    /// <param name="extra">More lines of the configuration file, at its top level.</param>
    /// <param name="http">More lines of its <c>http</c> section, indented by two.</param>
    public static async Task<DockerRegistry> StartAsync(string extra = "", string http = "")
    {
        var folder = new TemporaryFolder();
        string config = folder.Write("config.yml", $"""
            version: 0.1
            log: {"{level: info}"}
            storage: {"{"}filesystem: {"{"}rootdirectory: {folder.Path}/data{"}}"}
            http:
              addr: 127.0.0.1:0
            {http}
            {extra}
            """);
        var start = new ProcessStartInfo("docker-registry", ["serve", config]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["OTEL_TRACES_EXPORTER"] = "none";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            folder.Dispose();
            throw new InvalidOperationException("These tests need 'docker-registry' on the PATH; build/test.sh installs it.", e);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string log = "";
        while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            log += line + "\n";
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new DockerRegistry(process, folder, int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        folder.Dispose();
        throw new InvalidOperationException("docker-registry did not start:\n" + log);
    }

    /// <summary>One that lets only one user in.</summary>
    public static Task<DockerRegistry> StartWithLoginAsync(TemporaryFolder folder, string user, string password) =>
        StartAsync($"auth: {{htpasswd: {{realm: test, path: {folder.Write("htpasswd", Htpasswd(user, password))}}}}}");

    /// <summary>Uploads an image and tags it.</summary>
    public async Task PushAsync(string repository, string tag, TestImage image, Uri? address = null, string? basic = null)
    {
        using HttpClient http = Client(address, basic);
        await PutBlobAsync(http, repository, image.Layer);
        await PutBlobAsync(http, repository, image.Config);
        await PutManifestAsync(http, repository, tag, image.Manifest);
    }

    /// <summary>Uploads an index whose images are there.</summary>
    public async Task PushIndexAsync(string repository, string tag, Blob index)
    {
        using HttpClient http = Client(null, null);
        await PutManifestAsync(http, repository, tag, index);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }

    private HttpClient Client(Uri? address, string? basic)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == SelfSigned.Certificate.Thumbprint },
        };
        var http = new HttpClient(handler) { BaseAddress = address ?? new Uri($"http://127.0.0.1:{Port}") };
        http.DefaultRequestHeaders.Authorization = basic is null ? null : new AuthenticationHeaderValue("Basic", basic);
        return http;
    }

    private static async Task PutBlobAsync(HttpClient http, string repository, Blob blob)
    {
        using HttpResponseMessage begun = await http.PostAsync(new Uri($"/v2/{repository}/blobs/uploads/", UriKind.Relative), null);
        Uri location = new(http.BaseAddress!, begun.EnsureSuccessStatusCode().Headers.Location!);
        var target = new UriBuilder(location);
        target.Query += $"&digest={blob.Digest}";
        using HttpResponseMessage put = await http.PutAsync(target.Uri, new ByteArrayContent(blob.Bytes));
        put.EnsureSuccessStatusCode();
    }

    private static async Task PutManifestAsync(HttpClient http, string repository, string tag, Blob manifest)
    {
        using var content = new ByteArrayContent(manifest.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(manifest.MediaType);
        using HttpResponseMessage put = await http.PutAsync(new Uri($"/v2/{repository}/manifests/{tag}", UriKind.Relative), content);
        put.EnsureSuccessStatusCode();
    }

    [GeneratedRegex(@"listening on 127\.0\.0\.1:([0-9]+)")]
    private static partial Regex Listening();

    private static string Htpasswd(string user, string password)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("htpasswd", ["-Bbn", user, password]) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("This test needs 'htpasswd' (Debian: apache2-utils) on the PATH; build/test.sh installs it.", e);
        }
    }
}
