using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>A secret that was compiled in.</summary>
/// <param name="Resource">The embedded resource that holds it; null for a string of the code.</param>
/// <param name="Source">Where the string stands in the source, as far as debug information tells.</param>
internal sealed record CompiledSecret(FoundSecret Secret, string? Resource, SourceSpan? Source);

/// <summary>
/// Finds secrets in a managed assembly: in the strings of its code (the #US heap), in constants, and in embedded resources. Names say
/// nothing here; what a variable was called is the business of the C# rules.
/// </summary>
internal static class AssemblyScanner
{
    private const int ShortestSecret = 8;

    /// <summary>Null for a file that is no managed assembly.</summary>
    /// <param name="path">Absolute; beside it the debug information is looked for.</param>
    /// <param name="reported">What is not told again.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static List<CompiledSecret>? Scan(string path, ReportedLiterals reported, CancellationToken cancellation)
    {
        using FileStream file = File.OpenRead(path);
        var found = new List<CompiledSecret>();
        try
        {
            using var image = new PEReader(file, PEStreamOptions.LeaveOpen);
            if (!image.HasMetadata)
                return null;

            MetadataReader metadata = image.GetMetadataReader();
            ScanStrings(image, metadata, path, reported, found, cancellation);
            ScanConstants(metadata, reported, found);
            ScanResources(image, metadata, file, found, cancellation);
            return found;
        }
        catch (Exception damaged) when (damaged is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException or EndOfStreamException)
        {
            // What a damaged file gave away before counts; one that gave nothing is read as any other bytes.
            return found.Count > 0 ? found : null;
        }
    }

    private static void ScanStrings(PEReader image, MetadataReader metadata, string path, ReportedLiterals reported, List<CompiledSecret> found, CancellationToken cancellation)
    {
        StringLocations? locations = null;
        int size = metadata.GetHeapSize(HeapIndex.UserString);
        UserStringHandle handle = MetadataTokens.UserStringHandle(0);
        for (int last = 0; ; last = MetadataTokens.GetHeapOffset(handle))
        {
            handle = metadata.GetNextHandle(handle);
            if (handle.IsNil || MetadataTokens.GetHeapOffset(handle) <= last || MetadataTokens.GetHeapOffset(handle) >= size)
                return;

            cancellation.ThrowIfCancellationRequested();
            if (Find(metadata.GetUserString(handle), reported) is { } secret)
                found.Add(new CompiledSecret(secret, Resource: null, (locations ??= new StringLocations(image, metadata, path)).Find(handle)));
        }
    }

    // A constant that no code loads, such as one of a library's public names, is in no other heap.
    private static void ScanConstants(MetadataReader metadata, ReportedLiterals reported, List<CompiledSecret> found)
    {
        for (int row = 1; row <= metadata.GetTableRowCount(TableIndex.Constant); row++)
        {
            Constant constant = metadata.GetConstant(MetadataTokens.ConstantHandle(row));
            if (constant.TypeCode != ConstantTypeCode.String)
                continue;

            BlobReader blob = metadata.GetBlobReader(constant.Value);
            if (Find(blob.ReadUTF16(blob.Length), reported) is { } secret && !found.Any(known => known.Secret == secret))
                found.Add(new CompiledSecret(secret, Resource: null, Source: null));
        }
    }

    private static void ScanResources(PEReader image, MetadataReader metadata, FileStream file, List<CompiledSecret> found, CancellationToken cancellation)
    {
        if (image.PEHeaders.CorHeader is not { ResourcesDirectory: { Size: > 0 } directory } || !image.PEHeaders.TryGetDirectoryOffset(directory, out int start))
            return;

        foreach (ManifestResourceHandle handle in metadata.ManifestResources)
        {
            ManifestResource resource = metadata.GetManifestResource(handle);
            if (!resource.Implementation.IsNil)
                continue;

            long at = start + resource.Offset;
            using var lengthReader = new BinaryReader(new StreamWindow(file, at, 4));
            long length = lengthReader.ReadUInt32();
            if (length == 0 || at + 4 + length > file.Length)
                continue;

            string name = metadata.GetString(resource.Name);
            ContentSecrets content = length > PayloadLimits.StructuredText
                ? BinaryScanner.Scan(new StreamWindow(file, at + 4, length), cancellation)
                : ContentScanner.Scan(new StreamWindow(file, at + 4, length), name, length, cancellation);
            found.AddRange(content.Secrets.Select(secret => new CompiledSecret(secret, name, Source: null)));
        }
    }

    private static FoundSecret? Find(string text, ReportedLiterals reported)
    {
        if (text.Length < ShortestSecret || NamedSecret.Find("", text) is not { } match)
            return null;

        string value = text.Substring(match.Start, match.Length);
        if (reported.Hold(value))
            return null;

        reported.Add(value);
        return new FoundSecret(match.Format.Id, match.Name, SecretMask.Mask(value), SecretText.SeverityOf(match, ""), Position: null);
    }
}
