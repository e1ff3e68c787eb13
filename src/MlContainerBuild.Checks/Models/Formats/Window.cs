namespace MlContainerBuild.Checks.Models.Formats;

/// <summary>A part of a model file as a file of its own.</summary>
internal sealed class Window(ModelStream file, long offset, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        long left = length - Position;
        if (left <= 0 || buffer.IsEmpty)
            return 0;

        file.Seek(offset + Position);
        ReadOnlySpan<byte> bytes = file.Peek((int)Math.Min(Math.Min(buffer.Length, left), ModelStream.LongestRead));
        bytes.CopyTo(buffer);
        Position += bytes.Length;
        return bytes.Length;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
