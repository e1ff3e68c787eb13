namespace MlContainerBuild.Secrets;

/// <summary>
/// Keys that are public because every copy of a program ships them. They are kept as 64-bit hashes (FNV-1a), so that this
/// file holds nothing shaped like a key; of their beginnings, as copies end in typing errors.
/// </summary>
internal static class KnownSample
{
    private const int Compared = 80;

    private static readonly HashSet<ulong> Hashes =
    [
        0xE83E1A207EBB150D, // Azurite and the storage emulator: account devstoreaccount1
        0xAFCE6C201933D2F4, // the Cosmos DB emulator
    ];

    public static bool Contains(ReadOnlySpan<byte> token)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in token.Slice(0, Math.Min(token.Length, Compared)))
            hash = (hash ^ b) * 0x100000001B3;
        return Hashes.Contains(hash);
    }
}
