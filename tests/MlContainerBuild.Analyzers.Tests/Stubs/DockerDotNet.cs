// Packages Docker.DotNet and Docker.DotNet.Enhanced (which adds the builder).
namespace Docker.DotNet
{
    public abstract class Credentials;

    public class AnonymousCredentials : Credentials;

    public interface IAuthProvider;

    public class DockerClient;

    public class DockerClientConfiguration(Uri endpoint, Credentials credentials = null, TimeSpan defaultTimeout = default)
    {
        public Uri EndpointBaseUri { get; } = endpoint;
        public Credentials Credentials { get; } = credentials;
        public TimeSpan DefaultTimeout { get; } = defaultTimeout;
        public DockerClient CreateClient(Version requestedApiVersion = null) => new();
    }

    public class DockerClientBuilder
    {
        public DockerClientBuilder WithAuthProvider(IAuthProvider authProvider) => this;
        public DockerClientBuilder WithEndpoint(Uri endpoint) => this;
        public DockerClient Build() => new();
    }
}

namespace Docker.DotNet.X509
{
    public class CertificateCredentials(System.Security.Cryptography.X509Certificates.X509Certificate2 clientCertificate) : Credentials
    {
        public System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate { get; } = clientCertificate;
    }
}

namespace Docker.DotNet.Models
{
    public class DeviceRequest
    {
        public string Driver { get; set; }
        public long Count { get; set; }
        public IList<string> DeviceIDs { get; set; }
        public IList<IList<string>> Capabilities { get; set; }
        public IDictionary<string, string> Options { get; set; }
    }

    public class Mount
    {
        public string Type { get; set; }
        public string Source { get; set; }
        public string Target { get; set; }
        public bool ReadOnly { get; set; }
    }

    public class HostConfig
    {
        public IList<string> Binds { get; set; }
        public IList<DeviceRequest> DeviceRequests { get; set; }
        public string IpcMode { get; set; }
        public IList<Mount> Mounts { get; set; }
        public string NetworkMode { get; set; }
        public string PidMode { get; set; }
        public bool Privileged { get; set; }
        public long ShmSize { get; set; }
        public string Runtime { get; set; }
    }

    public class CreateContainerParameters
    {
        public string Name { get; set; }
        public string Image { get; set; }
        public string User { get; set; }
        public IList<string> Env { get; set; }
        public HostConfig HostConfig { get; set; }
    }
}
