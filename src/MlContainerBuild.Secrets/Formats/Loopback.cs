namespace MlContainerBuild.Secrets;

/// <summary>Hosts that only this machine reaches: a password for one is bad style, but gives nobody else access.</summary>
internal static class Loopback
{
    private static readonly HashSet<ulong> Names =
        FoldedName.Set("localhost", ".", "(local)", "(localdb)", "127.0.0.1", "0.0.0.0", "[::1]", "::1", "host.docker.internal");

    /// <summary>Judges a host with or without a scheme, <c>tcp:</c>, port or instance name round it.</summary>
    public static bool IsHost(ReadOnlySpan<byte> host)
    {
        int scheme = host.IndexOf("://"u8);
        if (scheme >= 0)
            host = host.Slice(scheme + "://".Length);
        else if (host.StartsWith("tcp:"u8))
            host = host.Slice("tcp:".Length);
        if (host.IndexOf((byte)'/') is > 0 and var path)
            host = host.Slice(0, path);
        int end = host.Length > 0 && host[0] == '[' ? host.IndexOf((byte)']') + 1 : host.IndexOfAny((byte)':', (byte)',', (byte)'\\');
        return Names.Contains(FoldedName.Hash(end > 0 ? host.Slice(0, end) : host));
    }
}
