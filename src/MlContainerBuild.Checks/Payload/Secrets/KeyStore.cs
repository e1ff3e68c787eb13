using System.Buffers.Binary;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>Recognises binary stores of keys that hold a private one; stores of certificates alone are no secret.</summary>
internal static class KeyStore
{
    /// <summary>A larger file is no key store that anybody deploys.</summary>
    public const int MaxSize = 4 * 1024 * 1024;

    // pkcs-12-bagtypes 1 (key) and 2 (shrouded key), RFC 7292 section 4.2, as DER. They stand in the clear: what is encrypted in a
    // PKCS #12 file is the key itself, and the list of certificates.
    private static ReadOnlySpan<byte> BagType => [0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C, 0x0A, 0x01];

    // pkcs-7 1 (data), which a PKCS #12 file names near its beginning.
    private static ReadOnlySpan<byte> Data => [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];

    // The version of a PKCS #12 file, and the sequence that follows it.
    private static ReadOnlySpan<byte> Version3 => [0x02, 0x01, 0x03, 0x30];

    private const uint JavaKeyStore = 0xFEEDFEED;

    /// <summary>Whether the bytes are a PKCS #12 file or a Java key store with a private key in it.</summary>
    public static bool HoldsPrivateKey(ReadOnlySpan<byte> bytes) => IsPkcs12(bytes) ? HasKeyBag(bytes) : HasJavaKey(bytes) || IsPrivateKeyInfo(bytes);

    private static bool IsPkcs12(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 32 && bytes[0] == 0x30 && bytes[..32].IndexOf(Version3) > 0 && bytes[..Math.Min(bytes.Length, 64)].IndexOf(Data) > 0;

    private static bool HasKeyBag(ReadOnlySpan<byte> bytes)
    {
        for (int at = bytes.IndexOf(BagType); at >= 0; at = bytes.IndexOf(BagType))
        {
            bytes = bytes[(at + BagType.Length)..];
            if (bytes is [1 or 2, ..])
                return true;
        }

        return false;
    }

    /// <summary>PKCS #8 in DER (RFC 5208): a version, the algorithm, the key.</summary>
    private static bool IsPrivateKeyInfo(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [0x30, 0x82, _, _, 0x02, 0x01, 0x00, 0x30, _, 0x06, ..] and not [0x30, 0x81, _, 0x02, 0x01, 0x00, 0x30, _, 0x06, ..])
            return false;

        int length = bytes[1] == 0x82 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) + 4 : bytes[2] + 3;
        return length == bytes.Length;
    }

    /// <summary>The entries of a Java key store: tag 1 is a private key, tag 2 a trusted certificate.</summary>
    private static bool HasJavaKey(ReadOnlySpan<byte> bytes)
    {
        const int header = 12, privateKey = 1;
        return bytes.Length > header + 4
            && BinaryPrimitives.ReadUInt32BigEndian(bytes) == JavaKeyStore
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) > 0
            && HasPrivateEntry(bytes[header..]);

        static bool HasPrivateEntry(ReadOnlySpan<byte> entries)
        {
            while (entries.Length > 6)
            {
                if (BinaryPrimitives.ReadUInt32BigEndian(entries) == privateKey)
                    return true;

                // Tag, alias, date; then the certificate's type and its bytes.
                int at = 4;
                if (!Pass(entries, ref at, BinaryPrimitives.ReadUInt16BigEndian) || (at += 8) > entries.Length
                    || !Pass(entries, ref at, BinaryPrimitives.ReadUInt16BigEndian) || !PassLong(entries, ref at))
                    return false;

                entries = entries[at..];
            }

            return false;
        }

        static bool Pass(ReadOnlySpan<byte> text, ref int at, Func<ReadOnlySpan<byte>, ushort> read)
        {
            if (text.Length - at < 2)
                return false;

            at += 2 + read(text[at..]);
            return at <= text.Length;
        }

        static bool PassLong(ReadOnlySpan<byte> text, ref int at)
        {
            if (text.Length - at < 4)
                return false;

            long next = at + 4L + BinaryPrimitives.ReadUInt32BigEndian(text[at..]);
            at = (int)Math.Min(next, int.MaxValue);
            return next <= text.Length;
        }
    }
}
