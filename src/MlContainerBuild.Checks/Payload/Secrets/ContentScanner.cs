using System.Text;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Payload.Settings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>Finds secrets in content whose form is known by its first bytes and its name: text, key stores, any other bytes.</summary>
internal static class ContentScanner
{
    /// <param name="path">Relative, with <c>/</c>.</param>
    /// <param name="length">Bytes in the stream.</param>
    /// <exception cref="IOException">The content cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ContentSecrets Scan(Stream content, string path, long length, CancellationToken cancellation)
    {
        if (length > PayloadLimits.StructuredText)
            return ByForm(SecretStream.Scan(content, cancellation));

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
        int read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Scan(read == bytes.Length ? bytes : bytes[..read], path, cancellation);
    }

    /// <param name="path">Relative, with <c>/</c>.</param>
    public static ContentSecrets Scan(byte[] bytes, string path, CancellationToken cancellation)
    {
        if (KeyStore.HoldsPrivateKey(bytes))
            return new([new FoundSecret("key-store", "private key", "", Severity.Error, Position: null)], "a key store with a private key");

        using var stream = new MemoryStream(bytes, writable: false);
        SecretScanResult scan = SecretStream.Scan(stream, cancellation);
        if (scan.IsBinary)
            return ByForm(scan);

        string text = Decode(bytes);
        List<PublishedSetting> settings = SettingsReader.Read(path, text);
        List<FoundSecret> secrets = TextSecrets.Find(path, settings, scan.Secrets);
        secrets.AddRange(CredentialFile.Find(path, text, settings));
        return new(secrets, CredentialFile.Describe(path, text, secrets), scan.IsCapped);
    }

    /// <summary>In bytes that no person writes only what is unmistakable counts.</summary>
    public static ContentSecrets ByForm(SecretScanResult scan) => new(
        [.. scan.Secrets.Where(secret => !scan.IsBinary || IsUnmistakable(secret.Format)).Select(secret => TextSecrets.FromForm(secret))],
        IsPartial: scan.IsCapped);

    /// <summary>A token of a fixed form, or a key between its own header and footer: no words around it are needed to tell.</summary>
    public static bool IsUnmistakable(SecretFormat format) =>
        format.Confidence == SecretConfidence.Structural && (format.Shapes.Count > 0 || format.Id == "private-key");

    private static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
        _ => Encoding.UTF8.GetString(bytes),
    };
}
