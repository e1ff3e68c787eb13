using System.Buffers;

namespace MlContainerBuild.Checks.Policies;

/// <summary>
/// The first part of an image reference, where it names a registry: a host with a dot or a port (or <c>localhost</c>),
/// because without one it would be a namespace on Docker Hub.
/// </summary>
internal static class RegistryHost
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdef:.");

    public static bool IsValid(string text)
    {
        ReadOnlySpan<char> host = text;
        bool isAddress = host.StartsWith("[");
        int portColon = isAddress ? host.IndexOf("]:") + 1 : host.IndexOf(':');
        bool hasPort = portColon > 0;
        if (hasPort)
        {
            if (!IsPort(host[(portColon + 1)..]))
                return false;

            host = host[..portColon];
        }

        if (isAddress)
            return host.Length > 2 && host[^1] == ']' && !host[1..^1].ContainsAnyExcept(AddressCharacters);

        return IsName(host) && (hasPort || host is "localhost" || host.Contains('.'));
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length is > 0 and <= 5 && !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsName(ReadOnlySpan<char> host)
    {
        if (host.ContainsAnyExcept(NameCharacters))
            return false;

        foreach (Range label in host.Split('.'))
        {
            if (host[label].IsEmpty)
                return false;
        }

        return true;
    }
}
