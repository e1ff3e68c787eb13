namespace MlContainerBuild.Secrets;

/// <summary>
/// Keys that are public because every copy of a program ships them. They are kept as 64-bit hashes (FNV-1a), so that this
/// file holds nothing shaped like a key.
/// </summary>
internal static class KnownSample
{
    private static readonly HashSet<ulong> Hashes =
    [
        0x3F9D1C996E620B67, // Azurite and the storage emulator: account devstoreaccount1
        0x9F1920C6CD484714, // the Cosmos DB emulator
    ];

    public static bool Contains(ReadOnlySpan<byte> token)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in token)
            hash = (hash ^ b) * 0x100000001B3;
        return Hashes.Contains(hash);
    }
}
