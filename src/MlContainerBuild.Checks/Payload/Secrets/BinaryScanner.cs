using System.Text;

using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>Finds tokens of unmistakable form in binary files, in memory and time that do not grow with the file.</summary>
internal static class BinaryScanner
{
    /// <summary>Whole, or in samples where the file is larger than <see cref="PayloadLimits.WholeBinary"/>; the result then says that it is partial.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ContentSecrets Scan(Stream file, CancellationToken cancellation) => Scan(file, static _ => false, cancellation);

    /// <param name="isTold">Whether a secret, given as text, is told already.</param>
    /// <inheritdoc cref="Scan(Stream, CancellationToken)"/>
    public static ContentSecrets Scan(Stream file, Func<string, bool> isTold, CancellationToken cancellation)
    {
        long length = file.Length;
        var found = new List<FoundSecret>();
        foreach ((long start, long size) in Samples(length))
        {
            SecretScanResult scan = SecretStream.Scan(new StreamWindow(file, start, size), cancellation);
            found.AddRange(scan.Secrets
                .Where(secret => ContentScanner.IsUnmistakable(secret.Format) && !isTold(TextAt(file, start + secret.Offset, secret.Length)))
                .Select(secret => TextSecrets.FromForm(secret) with { Position = null }));
        }

        return new ContentSecrets(found, IsPartial: length > PayloadLimits.WholeBinary);
    }

    /// <summary>As a string of code, which stands in UTF-16 in an assembly: without the zero of each character.</summary>
    private static string TextAt(Stream file, long offset, int length)
    {
        using var window = new StreamWindow(file, offset, length);
        byte[] bytes = new byte[length];
        int read = window.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString([.. bytes.AsSpan(0, read).ToArray().Where(static value => value != 0)]);
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
