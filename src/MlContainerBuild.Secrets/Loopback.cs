namespace MlContainerBuild.Secrets;

/// <summary>Hosts that only this machine reaches: a password for one is bad style, but gives nobody else access.</summary>
internal static class Loopback
{
    /// <summary>Judges a host with or without port, instance name or <c>tcp:</c> before it.</summary>
    public static bool IsHost(string host)
    {
        string name = host.Trim();
        if (name.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase))
            name = name.Substring(4);
        if (name.StartsWith("[::1]", StringComparison.Ordinal) || name == "::1")
            return true;
        int end = name.IndexOfAny([':', ',', '\\', '/']);
        if (end >= 0)
            name = name.Substring(0, end);
        return name is "." or "(local)" or "(localdb)" or "127.0.0.1" or "0.0.0.0"
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.Equals("host.docker.internal", StringComparison.OrdinalIgnoreCase);
    }
}
