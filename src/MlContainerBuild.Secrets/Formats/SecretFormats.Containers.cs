namespace MlContainerBuild.Secrets;

internal static partial class SecretFormats
{
    /// <summary>Where secrets of any form travel: key files, URIs, connection strings, the files of tools.</summary>
    private static IEnumerable<SecretFormat> Containers =>
    [
        new()
        {
            Id = "gcp-service-account",
            Name = "Google service account key",
            Source = "https://cloud.google.com/iam/docs/keys-create-delete",
            Literals = ["\"private_key\""],
            Locate = PrivateKey.LocateInServiceAccount,
        },
        new()
        {
            Id = "private-key",
            Name = "private key",
            Source = "RFC 7468",
            Literals = ["-----BEGIN "],
            Locate = PrivateKey.Locate,
            Weaker = new()
            {
                Id = "private-key-encrypted",
                Name = "password-protected private key",
                Source = "RFC 7468",
                Confidence = SecretConfidence.Contextual,
            },
        },
        new()
        {
            Id = "jwt",
            Name = "JSON Web Token",
            Source = "RFC 7519",
            Confidence = SecretConfidence.Contextual,
            Literals = ["eyJ"],
            Locate = JsonWebToken.Locate,
        },
        new()
        {
            Id = "uri-password",
            Name = "URI with a password",
            Source = "RFC 3986 section 3.2.1",
            Literals = ["://"],
            Locate = UriPassword.Locate,
            Weaker = new()
            {
                Id = "uri-password-local",
                Name = "URI with a password for this machine",
                Source = "RFC 3986 section 3.2.1",
                Confidence = SecretConfidence.Contextual,
            },
        },
        new()
        {
            Id = "connection-string",
            Name = "connection string with a password",
            Source = "https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnection.connectionstring",
            Literals = ["password", "pwd=", "pwd =", ";key=", ";secret="],
            IgnoreCase = true,
            Locate = ConnectionString.Locate,
            Weaker = new()
            {
                Id = "connection-string-local",
                Name = "connection string with a password for this machine",
                Source = "https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnection.connectionstring",
                Confidence = SecretConfidence.Contextual,
            },
        },
        new()
        {
            Id = "netrc",
            Name = "password in .netrc",
            Source = "https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html",
            Literals = ["password"],
            IgnoreCase = true,
            Locate = CredentialFile.LocateInNetrc,
        },
        new()
        {
            Id = "docker-config",
            Name = "registry login in Docker's config.json",
            Source = "https://docs.docker.com/reference/cli/docker/login/",
            Literals = ["\"auth\""],
            Locate = CredentialFile.LocateInDockerConfig,
        },
        new()
        {
            Id = "npmrc",
            Name = "registry token in .npmrc",
            Source = "npm's documentation, npmrc",
            Literals = [":_authToken", ":_password", ":_auth="],
            Locate = CredentialFile.LocateInNpmrc,
        },
        new()
        {
            Id = "authorization-header",
            Name = "credential of an Authorization header",
            Source = "RFC 9110 section 11.6.2",
            Confidence = SecretConfidence.Contextual,
            Literals = ["authorization"],
            IgnoreCase = true,
            Locate = AuthorizationHeader.Locate,
        },
        new()
        {
            Id = "nuget-config",
            Name = "feed password in nuget.config",
            Source = "https://learn.microsoft.com/nuget/reference/nuget-config-file#packagesourcecredentials",
            Literals = ["ClearTextPassword"],
            IgnoreCase = true,
            Locate = CredentialFile.LocateInNuGetConfig,
        },
    ];
}
