namespace MlContainerBuild.Secrets;

/// <summary>
/// Names compared without case, spaces, hyphens and underscores, so that <c>User Id</c>, <c>UserID</c> and <c>user_id</c> are
/// one. They are looked up by a 64-bit hash (FNV-1a), which needs no string of the text at hand.
/// </summary>
internal static class FoldedName
{
    private const ulong OffsetBasis = 0xCBF29CE484222325, Prime = 0x100000001B3;

    public static HashSet<ulong> Set(params string[] names)
    {
        var set = new HashSet<ulong>();
        foreach (string name in names)
            set.Add(Hash(System.Text.Encoding.ASCII.GetBytes(name)));
        return set;
    }

    public static ulong Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = OffsetBasis;
        foreach (byte b in name)
        {
            if (b is (byte)' ' or (byte)'_' or (byte)'-')
                continue;
            hash = (hash ^ (b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b)) * Prime;
        }

        return hash;
    }
}
