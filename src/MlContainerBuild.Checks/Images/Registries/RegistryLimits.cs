namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>What a registry may cost at most. A publish waits for these reads, so they end in minutes, not in half hours.</summary>
public sealed record RegistryLimits
{
    /// <summary>4 MiB: the limit registries set themselves (distribution specification, "Pushing Manifests").</summary>
    public int ManifestBytes { get; init; } = 4 * 1024 * 1024;

    public int ConfigBytes { get; init; } = 8 * 1024 * 1024;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One request with its redirects, logins and body.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One read with all its attempts and the waits between them.</summary>
    public TimeSpan OverallTimeout { get; init; } = TimeSpan.FromSeconds(90);

    public int Attempts { get; init; } = 4;

    /// <summary>The wait before the second attempt; it doubles from then on.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A registry that asks for a longer wait is not waited for.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan CredentialHelperTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
