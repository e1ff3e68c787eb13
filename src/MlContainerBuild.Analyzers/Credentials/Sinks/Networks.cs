namespace MlContainerBuild.Analyzers.Credentials.Sinks;

/// <summary>.NET itself and protocol clients.</summary>
internal static class Networks
{
    internal static readonly CredentialSink[] Sinks =
    [
        new("System.Net.NetworkCredential", SinkKind.Password, "password"),
        new("System.Net.Http.Headers.AuthenticationHeaderValue", SinkKind.Key, "parameter input"),
        new("Discord.*", SinkKind.Key, "token"),
        new("Telegram.Bot.*", SinkKind.Key, "token"),
        new("VaultSharp.*", SinkKind.Key, "token vaultToken"),
        new("System.Diagnostics.ProcessStartInfo", SinkKind.Password, "passwordInClearText"),
        new("System.Security.Cryptography.X509Certificates.*", SinkKind.Password, "password"),
        new("Microsoft.AspNetCore.Authentication.*", SinkKind.Key, "clientSecret appSecret consumerSecret"),
        new("Microsoft.AspNetCore.Hosting.ListenOptionsHttpsExtensions", SinkKind.Password, "password"),
        new("System.ServiceModel.*", SinkKind.Password, "password"),
        new("FluentFTP.*", SinkKind.Password, "password pass"),
        new("LibGit2Sharp.*", SinkKind.Password, "password"),
        new("MailKit.*", SinkKind.Password, "password"),
        new("Novell.Directory.Ldap.*", SinkKind.Password, "passwd password"),
        new("Renci.SshNet.*", SinkKind.Password, "password passPhrase"),
        new("RestSharp.*", SinkKind.Password, "password"),
        new("RestSharp.*", SinkKind.Key, "accessToken token"),
    ];
}
