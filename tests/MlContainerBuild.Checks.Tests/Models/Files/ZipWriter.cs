using System.Text;

namespace MlContainerBuild.Checks.Tests.Models.Files;

/// <summary>Zips of forms that .NET writes only for gigabytes.</summary>
internal static class ZipWriter
{
    /// <summary>One stored entry with every size and offset in zip64 fields.</summary>
    public static byte[] Large(string name, byte[] content)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        byte[] length = BitConverter.GetBytes((long)content.Length);
        byte[] local = [.. "PK\x03\x04"u8, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Full(8), (byte)text.Length, 0, 20, 0, .. text, 1, 0, 16, 0, .. length, .. length];
        byte[] central = [.. "PK\x01\x02"u8, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Full(8), (byte)text.Length, 0, 28, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Full(4), .. text, 1, 0, 24, 0, .. length, .. length, .. new byte[8]];
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
