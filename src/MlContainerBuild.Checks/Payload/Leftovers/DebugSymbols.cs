using System.Reflection.Metadata;

namespace MlContainerBuild.Checks.Payload.Leftovers;

/// <summary>What portable debug information tells beyond line numbers.</summary>
/// <param name="HoldsSource">Whether the text of a source file that somebody wrote lies in it.</param>
/// <param name="LocalPath">A source file named by its path on the machine that compiled; null where all paths are mapped, as continuous integration does.</param>
internal sealed record DebugSymbols(bool HoldsSource, string? LocalPath)
{
    private const long LargestRead = 256 * 1024 * 1024;

    // "Embedded Source" of the Portable PDB specification.
    private static readonly Guid EmbeddedSource = new("0e8a571b-6926-466e-b4ad-8ab04611f5fe");

    private static DebugSymbols Nothing { get; } = new(false, null);

    /// <summary>A file of another form, or a damaged one, tells nothing.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DebugSymbols Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual("BSJB"u8) || file.Length > LargestRead)
            return Nothing;

        file.Position = 0;
        try
        {
            using var provider = MetadataReaderProvider.FromPortablePdbStream(file, MetadataStreamOptions.LeaveOpen);
            return Read(provider.GetMetadataReader());
        }
        catch (Exception damaged) when (damaged is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            return Nothing;
        }
    }

    private static DebugSymbols Read(MetadataReader symbols)
    {
        string? local = null;
        foreach (DocumentHandle document in symbols.Documents)
        {
            string path = symbols.GetString(symbols.GetDocument(document).Name);
            if (local is null && IsLocal(path))
                local = path;
        }

        return new DebugSymbols(EmbedsSource(symbols), local);
    }

    private static bool EmbedsSource(MetadataReader symbols)
    {
        foreach (CustomDebugInformationHandle handle in symbols.CustomDebugInformation)
        {
            CustomDebugInformation information = symbols.GetCustomDebugInformation(handle);
            if (information.Parent.Kind == HandleKind.Document && !information.Kind.IsNil && symbols.GetGuid(information.Kind) == EmbeddedSource
                && !IsGenerated(symbols.GetString(symbols.GetDocument((DocumentHandle)information.Parent).Name)))
                return true;
        }

        return false;
    }

    // The compiler embeds what source generators have made, in every build.
    private static bool IsGenerated(string path)
    {
        string normal = path.Replace('\\', '/');
        return normal.Contains("/obj/", StringComparison.Ordinal) || normal.StartsWith("obj/", StringComparison.Ordinal)
            || normal.EndsWith(".g.cs", StringComparison.Ordinal) || normal.EndsWith(".Generated.cs", StringComparison.OrdinalIgnoreCase);
    }

    // "/_/" and "/_1/" stand for the roots of repositories (DeterministicSourcePaths).
    private static bool IsLocal(string path) => (path.StartsWith('/') && !path.StartsWith("/_", StringComparison.Ordinal)) || path is [_, ':', '\\' or '/', ..];
}
