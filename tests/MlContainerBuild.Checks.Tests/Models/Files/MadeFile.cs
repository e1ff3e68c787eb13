using System.IO.Compression;
using System.Text;

using MlContainerBuild.Checks.Models;

namespace MlContainerBuild.Checks.Tests.Models.Files;

/// <summary>Model files in memory, and how the tests read them.</summary>
internal static class MadeFile
{
    public static ModelFile? Read(byte[] content, string name = "model.bin") => ModelReader.Read(new MemoryStream(content), name);

    public static byte[] Safetensors(string header) => [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[64]];

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] entries) => Zip(CompressionLevel.NoCompression, entries);

    /// <summary>What <c>torch.save</c> writes, with the given pickle.</summary>
    public static byte[] PyTorch(byte[] pickle) => Zip(("archive/data.pkl", pickle), ("archive/byteorder", "little"u8.ToArray()), ("archive/data/0", new byte[256]), ("archive/version", "3\n"u8.ToArray()));

    /// <summary>The state dictionary of one layer.</summary>
    public static byte[] StateDictionary => new PickleWriter().Protocol(2)
        .Global("collections", "OrderedDict").Op((byte)'q', 0).Op(')').Op('R').Op((byte)'q', 1).Op('(')
        .Op((byte)'X', [6, 0, 0, 0, .. "weight"u8]).Op((byte)'q', 2)
        .Global("torch._utils", "_rebuild_tensor_v2").Op((byte)'q', 3).Op('(').Op('(')
        .Op((byte)'X', [7, 0, 0, 0, .. "storage"u8]).Global("torch", "FloatStorage").Op((byte)'X', [1, 0, 0, 0, .. "0"u8]).Op((byte)'X', [3, 0, 0, 0, .. "cpu"u8]).Op((byte)'K', 64).Op('t').Op('Q')
        .Op((byte)'K', 0).Op((byte)'K', 64).Op(0x85).Op((byte)'K', 1).Op(0x85).Op(0x89).Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R')
        .Op('u').Op('.').Bytes;

    public static byte[] NumPy(string type, byte[] data)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': (3,), }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }
}
