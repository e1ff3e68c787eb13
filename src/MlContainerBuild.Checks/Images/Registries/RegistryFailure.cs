using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Registries;

public enum RegistryFailureKind
{
    Unreachable,
    UntrustedCertificate,
    TimedOut,
    LoginRequired,
    LoginRejected,
    Forbidden,
    NotFound,
    RateLimited,
    ServerError,
    UnexpectedStatus,

    /// <summary>The connection broke while the answer was being read.</summary>
    Interrupted,
    TooLarge,
    UnsafeRedirect,
    TokenService,

    /// <summary>A credential file or helper could not be read or run.</summary>
    Credentials,

    /// <summary>The answer is no image manifest, index or configuration that the .NET SDK can build on.</summary>
    NotAnImage,

    /// <summary>The bytes do not hash to their digest.</summary>
    DigestMismatch,
}

/// <summary>Why a registry could not be read. No part of it ever holds a credential, a token or the query of a URL.</summary>
/// <param name="Registry">Host and port as the user wrote them.</param>
/// <param name="Reference">Repository with tag or digest.</param>
/// <param name="Detail">What happened, as the end of "reading X failed: …"; no full stop.</param>
public sealed record RegistryFailure(RegistryFailureKind Kind, string Registry, string Reference, string Detail)
{
    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; init; }

    /// <summary>MLC3003 for bytes that contradict their digest, MLC9007 for everything else.</summary>
    /// <param name="source">What made us read it: the setting that names the image.</param>
    public Finding ToFinding(ValueSource source)
    {
        string id = Kind == RegistryFailureKind.DigestMismatch ? "MLC3003" : "MLC9007";
        string status = Status is { } code ? $" (HTTP {code})" : "";
        return new Finding(
            RuleCatalog.Get(id),
            $"Reading {Reference} from registry {Registry} failed: {Detail}{status}. What cannot be read cannot be verified.",
            Fix,
            source);
    }

    private string Fix => Kind switch
    {
        RegistryFailureKind.Unreachable =>
            $"Check the name, and that {Registry} can be reached from here (DNS, firewall, HTTPS_PROXY and NO_PROXY).",
        RegistryFailureKind.UntrustedCertificate =>
            $"Add the registry's certificate authority to this machine's trust store; for a test registry only: DOTNET_CONTAINER_INSECURE_REGISTRIES={Registry}.",
        RegistryFailureKind.TimedOut or RegistryFailureKind.Interrupted or RegistryFailureKind.ServerError =>
            "Try again; if it stays so, look at the registry's own log or status page.",
        RegistryFailureKind.LoginRequired or RegistryFailureKind.LoginRejected =>
            $"Log in ('docker login {Registry}' or 'podman login {Registry}'), or set DOTNET_CONTAINER_PULL_REGISTRY_UNAME and "
            + "DOTNET_CONTAINER_PULL_REGISTRY_PWORD (for the registry you publish to: DOTNET_CONTAINER_REGISTRY_UNAME and _PWORD).",
        RegistryFailureKind.Forbidden =>
            "Give the account that is logged in the right to pull from this repository.",
        RegistryFailureKind.NotFound =>
            $"Check repository and tag or digest; to strangers, a private repository may look as if it did not exist: 'docker login {Registry}'.",
        RegistryFailureKind.RateLimited =>
            $"Wait, or log in ('docker login {Registry}'): anonymous pulls have the lower limit.",
        RegistryFailureKind.Credentials =>
            "Repair what is named, or remove it to read without a login.",
        RegistryFailureKind.TokenService =>
            "Look at the registry's token configuration (realm, service); log in again if it has changed.",
        RegistryFailureKind.DigestMismatch =>
            "Do not build on it. Find out whether the registry, a mirror or a proxy on the way alters content; the digest in the project is right to refuse it.",
        RegistryFailureKind.NotAnImage =>
            "Check that the reference names a container image, and that no proxy or login page answers in the registry's place.",
        _ => $"Check that {Registry} is a container registry and that no proxy answers in its place.",
    };
}
