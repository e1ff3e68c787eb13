namespace MlContainerBuild.Analyzers.Containers;

/// <summary>The sockets and pipes through which a container runtime takes orders: who can write there is root on the host.</summary>
internal static class RuntimeSocket
{
    private static readonly string[] Paths =
    [
        "/run/docker.sock",
        "/run/containerd/containerd.sock",
        "/run/k3s/containerd/containerd.sock",
        "/run/podman/podman.sock",
        "/run/crio/crio.sock",
        "//./pipe/docker_engine",
    ];

    /// <summary>The socket that is the source of a bind: the path alone, or <c>source:target[:options]</c>.</summary>
    internal static string? SourceOf(string bind)
    {
        string source = bind.Replace('\\', '/').Replace("////./", "//./");
        // Shells on Windows keep a path with two slashes as it is, and Docker takes it for one with one.
        if (source.StartsWith("//", StringComparison.Ordinal) && !source.StartsWith("//./", StringComparison.Ordinal))
            source = source.Substring(1);

        if (source.StartsWith("/var/run/", StringComparison.Ordinal))
            source = source.Substring("/var".Length);

        foreach (string path in Paths)
        {
            if (source.StartsWith(path, StringComparison.OrdinalIgnoreCase) && (source.Length == path.Length || source[path.Length] == ':'))
                return path;
        }

        return null;
    }
}
