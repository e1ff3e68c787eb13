namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>What proves who we are to one registry.</summary>
/// <param name="Origin">Where it was found, for messages: a file, a helper or the names of variables. Never the values.</param>
internal sealed record Credentials(string UserName, string Password, string? IdentityToken, string Origin)
{
    /// <summary>A record would print its members; these must not be printed.</summary>
    public override string ToString() => $"credentials from {Origin}";
}
