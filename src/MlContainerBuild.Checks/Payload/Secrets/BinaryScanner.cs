using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>Finds tokens of unmistakable form in binary files, in memory and time that do not grow with the file.</summary>
internal static class BinaryScanner
{
    /// <summary>Whole, or in samples where the file is larger than <see cref="PayloadLimits.WholeBinary"/>; the result then says that it is partial.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ContentSecrets Scan(Stream file, CancellationToken cancellation)
    {
        long length = file.Length;
        var found = new List<FoundSecret>();
        foreach ((long start, long size) in Samples(length))
        {
            SecretScanResult scan = SecretStream.Scan(new StreamWindow(file, start, size), cancellation);
            found.AddRange(scan.Secrets.Where(secret => ContentScanner.IsUnmistakable(secret.Format)).Select(secret => TextSecrets.FromForm(secret) with { Position = null }));
        }

        return new ContentSecrets(found, IsPartial: length > PayloadLimits.WholeBinary);
    }

    private static IEnumerable<(long Start, long Size)> Samples(long length)
    {
        if (length <= PayloadLimits.WholeBinary)
        {
            yield return (0, length);
            yield break;
        }

        for (long start = 0; start < length - PayloadLimits.Sample; start += PayloadLimits.WholeBinary)
            yield return (start, PayloadLimits.Sample);

        yield return (length - PayloadLimits.Sample, PayloadLimits.Sample);
    }
}
