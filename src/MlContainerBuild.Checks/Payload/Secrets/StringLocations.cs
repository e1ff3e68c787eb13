using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>
/// Finds the line of source that a string of an assembly comes from: the method that loads it (<c>ldstr</c>), and in the portable debug
/// information the statement at that instruction. Asked only for a string with a finding, so every method may be looked through.
/// </summary>
internal sealed class StringLocations(PEReader image, MetadataReader metadata, string path)
{
    private const byte LoadString = 0x72;

    /// <summary>Null where no method loads the string, or nothing tells where the method was written, or the file is not on this machine.</summary>
    public SourceSpan? Find(UserStringHandle handle)
    {
        try
        {
            if (!image.TryOpenAssociatedPortablePdb(path, static pdb => File.Exists(pdb) ? File.OpenRead(pdb) : null, out MetadataReaderProvider? provider, out _))
                return null;

            using (provider)
            {
                return Find(MetadataTokens.GetToken(handle), provider!.GetMetadataReader());
            }
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private SourceSpan? Find(int token, MetadataReader symbols)
    {
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            int address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            if (address == 0)
                continue;

            int offset = OffsetOfLoad(image.GetMethodBody(address).GetILReader(), token);
            if (offset < 0)
                continue;

            MethodDebugInformation information = symbols.GetMethodDebugInformation(handle.ToDebugInformationHandle());
            SequencePoint point = information.GetSequencePoints().LastOrDefault(candidate => candidate.Offset <= offset && !candidate.IsHidden);
            if (point.Document.IsNil)
                continue;

            string document = symbols.GetString(symbols.GetDocument(point.Document).Name);
            if (Path.IsPathFullyQualified(document) && File.Exists(document))
                return new SourceSpan(document, point.StartLine, point.StartColumn, point.EndLine, point.EndColumn);
        }

        return null;
    }

    // The five bytes of the instruction may by chance stand elsewhere; then the line is a wrong one of the same assembly.
    private static int OffsetOfLoad(BlobReader code, int token)
    {
        Span<byte> instruction = stackalloc byte[5];
        instruction[0] = LoadString;
        BinaryPrimitives.WriteInt32LittleEndian(instruction[1..], token);
        return code.ReadBytes(code.Length).AsSpan().IndexOf(instruction);
    }
}
