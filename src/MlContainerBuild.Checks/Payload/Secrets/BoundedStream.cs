namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>Ends after so many bytes, and tells whether there were more: what an archive unpacks to is anybody's choice.</summary>
internal sealed class BoundedStream(Stream inner, long limit) : Stream
{
    private long read;

    /// <summary>Whether reading ended at the limit and not at the end.</summary>
    public bool IsCut { get; private set; }

    /// <summary>How much has been read.</summary>
    public long BytesRead => read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;

        if (read == limit)
        {
            IsCut |= inner.Read(stackalloc byte[1]) > 0;
            return 0;
        }

        int count = inner.Read(buffer[..(int)Math.Min(buffer.Length, limit - read)]);
        read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
