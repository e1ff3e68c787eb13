using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MlContainerBuild.Checks.Images;

/// <summary>
/// <c>registry/repository:tag@sha256:…</c>, as the distribution specification and the .NET SDK read it.
/// </summary>
/// <param name="Registry">Host and optional port; <c>docker.io</c> when the reference names none.</param>
/// <param name="Repository">Path below the registry; <c>library/</c> is added to a bare Docker Hub name.</param>
/// <param name="Tag">Null when there is none.</param>
/// <param name="Digest"><c>sha256:</c> and 64 lower-case hex digits; null when there is none.</param>
public sealed record ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    public const string DockerHub = "docker.io";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads a reference; false with the reason when it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out string? error)
    {
        reference = null;
        error = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            error = "the image reference is empty";
            return false;
        }

        string rest = text.Trim();
        string? digest = null;
        int at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            digest = rest[(at + 1)..];
            rest = rest[..at];
            if (!IsSha256Digest(digest))
            {
                error = "the digest after '@' is not 'sha256:' and 64 lower-case hexadecimal digits";
                return false;
            }
        }

        string? tag = null;
        int colon = rest.LastIndexOf(':');
        if (colon > rest.LastIndexOf('/'))
        {
            tag = rest[(colon + 1)..];
            rest = rest[..colon];
            if (!IsTag(tag))
            {
                error = "the tag after ':' is not a tag (letters, digits, '_', '.', '-', at most 128, not beginning with '.' or '-')";
                return false;
            }
        }

        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string registry = DockerHub;
        string repository = rest;
        if (slash > 0 && IsRegistry(rest[..slash]))
        {
            registry = rest[..slash];
            repository = rest[(slash + 1)..];
        }

        if (!IsHostAndPort(registry))
        {
            error = "the registry before the first '/' is not a host name with an optional port";
            return false;
        }

        if (registry is "index.docker.io" or "registry-1.docker.io")
        {
            registry = DockerHub;
        }

        if (registry == DockerHub && !repository.Contains('/', StringComparison.Ordinal))
        {
            repository = "library/" + repository;
        }

        if (!IsRepository(repository))
        {
            error = "the repository is not lower-case path components joined by '/'";
            return false;
        }

        reference = new ImageReference(registry, repository, tag, digest);
        return true;
    }

    /// <summary>The canonical form.</summary>
    public override string ToString() =>
        $"{Registry}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    public static bool IsSha256Digest(ReadOnlySpan<char> text)
    {
        const string prefix = "sha256:";
        return text.Length == prefix.Length + 64
            && text.StartsWith(prefix, StringComparison.Ordinal)
            && !text[prefix.Length..].ContainsAnyExcept(HexDigits);
    }

    // The first component is a registry only if it could not be a Docker Hub namespace.
    private static bool IsRegistry(string component) =>
        component == "localhost" || component.Contains('.', StringComparison.Ordinal) || component.Contains(':', StringComparison.Ordinal);

    // The registry becomes part of a URL: nothing in it may mean anything else there.
    private static bool IsHostAndPort(string registry) =>
        registry.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']')
        && Uri.TryCreate($"https://{registry}", UriKind.Absolute, out _);

    private static bool IsTag(string tag)
    {
        if (tag.Length is 0 or > 128 || tag[0] is '.' or '-')
        {
            return false;
        }

        foreach (char c in tag)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsRepository(string repository)
    {
        if (repository.Length is 0 or > 255)
        {
            return false;
        }

        foreach (string component in repository.Split('/'))
        {
            if (component.Length == 0 || !IsLowerAlphanumeric(component[0]) || !IsLowerAlphanumeric(component[^1]))
            {
                return false;
            }

            foreach (char c in component)
            {
                if (!IsLowerAlphanumeric(c) && c is not ('_' or '.' or '-'))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsLowerAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
