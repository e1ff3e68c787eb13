namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>What registry access depends on besides the network: the environment variables and the user's home.</summary>
/// <param name="Variable">The value of an environment variable, or null.</param>
public sealed record RegistryEnvironment(Func<string, string?> Variable, string HomeDirectory)
{
    public static RegistryEnvironment Current { get; } = new(
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify));

    /// <summary>The value of a variable; null when it is unset or empty.</summary>
    internal string? NonEmpty(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;
}
