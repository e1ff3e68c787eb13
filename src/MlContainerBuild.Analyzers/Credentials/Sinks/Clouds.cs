namespace MlContainerBuild.Analyzers.Credentials.Sinks;

/// <summary>Cloud platforms, object stores, and services that are called with a key.</summary>
internal static class Clouds
{
    internal static readonly CredentialSink[] Sinks =
    [
        new("System.ClientModel.ApiKeyCredential", SinkKind.Key, "key"),
        new("Azure.AzureKeyCredential", SinkKind.Key, "key"),
        new("Azure.AzureNamedKeyCredential", SinkKind.Key, "key"),
        new("Azure.AzureSasCredential", SinkKind.Key, "signature"),
        new("Azure.Cosmos.*", SinkKind.Key, "authKeyOrResourceToken accountKey"),
        new("Azure.Identity.*", SinkKind.Key, "clientSecret"),
        new("Azure.Identity.*", SinkKind.Password, "password"),
        new("Azure.Storage.*", SinkKind.Key, "accountKey"),
        new("Microsoft.Azure.Cosmos.*", SinkKind.Key, "authKeyOrResourceToken accountKey"),
        new("Microsoft.Azure.Documents.*", SinkKind.Key, "authKeyOrResourceToken"),
        new("Microsoft.Azure.ServiceBus.*", SinkKind.Key, "sharedAccessKey"),
        new("Microsoft.Azure.Storage.*", SinkKind.Key, "keyValue"),
        new("Microsoft.WindowsAzure.Storage.*", SinkKind.Key, "keyValue"),
        new("Microsoft.Identity.Client.*", SinkKind.Key, "clientSecret"),
        new("Microsoft.Identity.Client.*", SinkKind.Password, "password"),
        new("Amazon.*", SinkKind.Key, "awsSecretAccessKey secretKey awsSecretKey"),
        new("Google.Apis.*", SinkKind.Key, "apiKey clientSecret accessToken"),
        new("Google.Cloud.*", SinkKind.Key, "apiKey"),
        new("Minio.*", SinkKind.Key, "secretKey"),
        new("Docker.DotNet.*", SinkKind.Password, "password registryToken identityToken"),
        new("k8s.*", SinkKind.Key, "accessToken"),
        new("k8s.*", SinkKind.Password, "password"),
        new("Octokit.*", SinkKind.Key, "token"),
        new("Octokit.*", SinkKind.Password, "password"),
        new("SendGrid.*", SinkKind.Key, "apiKey"),
        new("Stripe.*", SinkKind.Key, "apiKey"),
        new("Twilio.*", SinkKind.Key, "authToken"),
        new("Twilio.*", SinkKind.Password, "password"),
    ];
}
