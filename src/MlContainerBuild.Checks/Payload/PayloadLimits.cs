namespace MlContainerBuild.Checks.Payload;

/// <summary>What keeps a payload of any size and shape from costing more than a publish can spend.</summary>
internal static class PayloadLimits
{
    /// <summary>Settings are read by key in files up to so many bytes; in larger ones secrets are found by their form alone.</summary>
    public const int StructuredText = 4 * 1024 * 1024;

    /// <summary>Binary files of unknown form are read whole up to so many bytes, and in samples beyond.</summary>
    public const long WholeBinary = 16 * 1024 * 1024;

    /// <summary>Findings of one file that are told; a file with more is a collection of secrets.</summary>
    public const int FindingsOfAFile = 20;
}
