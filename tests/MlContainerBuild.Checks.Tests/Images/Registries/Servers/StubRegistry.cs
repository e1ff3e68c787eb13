using System.Security.Cryptography.X509Certificates;

namespace MlContainerBuild.Checks.Tests.Images.Registries.Servers;

/// <summary>A registry in memory whose answers a test can replace one by one: the lying registry.</summary>
internal sealed class StubRegistry : IDisposable
{
    private readonly Dictionary<string, Func<HttpCall, HttpReply>> answers = [];
    private readonly ScriptedServer server;

    public StubRegistry(X509Certificate2? certificate = null) =>
        server = new ScriptedServer(call => answers.TryGetValue(call.Path.Split('?')[0], out Func<HttpCall, HttpReply>? answer)
            ? answer(call)
            : HttpReply.Text(404, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"""), certificate);

    public string Name => server.Name;

    public int Port => server.Port;

    public IEnumerable<HttpCall> Calls => server.Calls;

    public StubRegistry Answer(string path, Func<HttpCall, HttpReply> answer)
    {
        answers[path] = answer;
        return this;
    }

    public StubRegistry Answer(string path, HttpReply reply) => Answer(path, _ => reply);

    public StubRegistry Manifest(string repository, string reference, Blob blob) =>
        Answer($"/v2/{repository}/manifests/{reference}", new HttpReply(200, blob.Bytes, blob.MediaType) { Headers = [("Docker-Content-Digest", blob.Digest)] });

    public StubRegistry Add(string repository, string tag, TestImage image) =>
        Manifest(repository, tag, image.Manifest)
            .Manifest(repository, image.Manifest.Digest, image.Manifest)
            .Answer($"/v2/{repository}/blobs/{image.Config.Digest}", new HttpReply(200, image.Config.Bytes, "application/octet-stream"));

    public void Dispose() => server.Dispose();
}
