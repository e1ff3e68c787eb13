using System.Text;

namespace MlContainerBuild.Checks.Tests.Models.Files;

/// <summary>Zips of forms that .NET writes only for gigabytes.</summary>
internal static class ZipWriter
{
    /// <summary>One stored entry with every size and offset in zip64 fields.</summary>
    /// <param name="announced">The compressed size in the directory, if it is not the content's.</param>
    public static byte[] Large(string name, byte[] content, long? announced = null)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        byte[] length = BitConverter.GetBytes((long)content.Length);
        byte[] local = [.. "PK\x03\x04"u8, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Full(8), (byte)text.Length, 0, 20, 0, .. text, 1, 0, 16, 0, .. length, .. length];
        byte[] central = [.. "PK\x01\x02"u8, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Full(8), (byte)text.Length, 0, 28, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Full(4), .. text, 1, 0, 24, 0, .. length, .. BitConverter.GetBytes(announced ?? content.Length), .. new byte[8]];
        long directory = local.Length + content.Length;
        byte[] end64 =
        [
            .. "PK\x06\x06"u8, .. BitConverter.GetBytes(44L), 45, 0, 45, 0, .. new byte[8], .. BitConverter.GetBytes(1L), .. BitConverter.GetBytes(1L),
            .. BitConverter.GetBytes((long)central.Length), .. BitConverter.GetBytes(directory),
        ];
        byte[] locator = [.. "PK\x06\x07"u8, 0, 0, 0, 0, .. BitConverter.GetBytes(directory + central.Length), 1, 0, 0, 0];
        byte[] end = [.. "PK\x05\x06"u8, 0, 0, 0, 0, .. Full(4), .. Full(8), 0, 0];
        return [.. local, .. content, .. central, .. end64, .. locator, .. end];
    }

    /// <summary>The archive with another number of entries in its last record.</summary>
    public static byte[] Announce(byte entries, byte[] archive)
    {
        byte[] changed = [.. archive];
        changed[^14] = changed[^12] = entries;
        return changed;
    }

    /// <summary>A directory whose entries all lead to the same stored content.</summary>
    public static byte[] Shared(string name, byte[] content, ushort entries)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        byte[] length = BitConverter.GetBytes(content.Length);
        byte[] local = [.. "PK\x03\x04"u8, 20, 0, .. new byte[12], .. length, .. length, (byte)text.Length, 0, 0, 0, .. text];
        byte[] central = [.. "PK\x01\x02"u8, 20, 0, 20, 0, .. new byte[12], .. length, .. length, (byte)text.Length, .. new byte[17], .. text];
        byte[] count = BitConverter.GetBytes(entries);
        byte[] directory = [.. Enumerable.Repeat(central, entries).SelectMany(header => header)];
        return [.. local, .. content, .. directory, .. "PK\x05\x06"u8, 0, 0, 0, 0, .. count, .. count, .. BitConverter.GetBytes(directory.Length), .. BitConverter.GetBytes(local.Length + content.Length), 0, 0];
    }

    private static byte[] Full(int count) => [.. Enumerable.Repeat((byte)0xFF, count)];
}

/// <summary>Can be written to and nothing else.</summary>
internal sealed class OneWayStream(Stream target) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer, offset, count);
}
