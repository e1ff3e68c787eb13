namespace MlContainerBuild.Checks.Payload;

/// <summary>What keeps a payload of any size and shape from costing more than a publish can spend.</summary>
internal static class PayloadLimits
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>Settings are read by key in files up to so many bytes; in larger ones secrets are found by their form alone.</summary>
    public const int StructuredText = 4 * Mebibyte;

    /// <summary>Binary files of unknown form are read whole up to so many bytes, and in samples beyond.</summary>
    public const long WholeBinary = 16 * Mebibyte;

    /// <summary>Of a larger binary file the first and the last sample are read, and one at each <see cref="WholeBinary"/> bytes.</summary>
    public const long Sample = Mebibyte;

    /// <summary>Entries of an archive that are looked at.</summary>
    public const int ArchiveEntries = 20_000;

    /// <summary>Bytes that the list of a zip archive's entries may take: the library reads it whole.</summary>
    public const long ArchiveDirectory = 4 * Mebibyte;

    /// <summary>Bytes read of one entry of an archive, unpacked.</summary>
    public const long ArchiveEntry = 16 * Mebibyte;

    /// <summary>Bytes read of an archive in all, unpacked: with the next limit what stops an archive that unpacks to a thousand times its size.</summary>
    public const long ArchiveTotal = 256 * Mebibyte;

    /// <summary>How many times its own size an archive may unpack to, beyond the first <see cref="ArchiveEntry"/> bytes.</summary>
    public const int ArchiveRatio = 200;

    /// <summary>Findings of one file that are told; a file with more is a collection of secrets.</summary>
    public const int FindingsOfAFile = 20;
}
