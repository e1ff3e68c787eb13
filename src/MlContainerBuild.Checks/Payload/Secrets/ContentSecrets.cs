namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>What was found in one file of the payload, or in one entry of an archive there.</summary>
/// <param name="CredentialFile">What to call the file where holding a credential is its purpose; null for any other.</param>
/// <param name="IsPartial">Whether something in it was passed over: there was too much of it.</param>
internal sealed record ContentSecrets(IReadOnlyList<FoundSecret> Secrets, string? CredentialFile = null, bool IsPartial = false)
{
    public static ContentSecrets None { get; } = new([]);
}
