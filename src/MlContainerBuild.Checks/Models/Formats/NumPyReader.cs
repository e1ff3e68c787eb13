using System.Buffers.Binary;

using MlContainerBuild.Checks.Models.Pickles;

namespace MlContainerBuild.Checks.Models.Formats;

/// <summary>
/// NumPy's <c>.npy</c>: a dictionary of Python's as text, then the array. An array of objects is a pickle, which
/// <c>numpy.load(allow_pickle=True)</c> runs. (numpy/lib/format.py of https://github.com/numpy/numpy)
/// </summary>
internal static class NumPyReader
{
    public static bool IsNumPy(ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header, and walks the pickle behind it if there is one.</summary>
    public static void Walk(ModelStream stream, PickleImports imports)
    {
        if (IsPickleNext(stream))
            new PickleWalk(stream, imports).Run();
    }

    /// <summary>Reads the header. Whether the array is a pickle, which begins where the stream then is.</summary>
    public static bool IsPickleNext(ModelStream stream)
    {
        if (!stream.TryRead(8, out ReadOnlySpan<byte> head))
            return false;

        if (!IsNumPy(head))
            return stream.Fail("there is no NumPy array");

        int lengthSize = head[6] == 1 ? 2 : 4;
        if (!stream.TryRead(lengthSize, out ReadOnlySpan<byte> bytes))
            return false;

        uint length = lengthSize == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return length > ModelStream.LongestRead
            ? stream.Fail($"a header of {length} bytes is announced")
            : stream.TryRead((int)length, out ReadOnlySpan<byte> header) && HoldsObjects(header);
    }

    // 'descr': '|O', or a field of a record that has it.
    private static bool HoldsObjects(ReadOnlySpan<byte> header) =>
        header.IndexOf("'|O"u8) >= 0 || header.IndexOf("'O'"u8) >= 0 || header.IndexOf("\"|O"u8) >= 0 || header.IndexOf("'O8'"u8) >= 0;
}
