using System.Security.Cryptography;

namespace MlContainerBuild.Checks.Images.Archives;

/// <summary>
/// Reads a stream of unknown length and hashes what goes by. It refuses to go on beyond a limit: a few kilobytes of gzip can
/// unpack to terabytes.
/// </summary>
internal sealed class HashedStream(Stream source, long mostBytes, CancellationToken cancellation) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads what is left and returns the digest of everything.</summary>
    /// <exception cref="InvalidDataException">There is more than the limit.</exception>
    public string HashToEnd()
    {
        byte[] rest = new byte[64 * 1024];
        while (Read(rest) > 0)
        {
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        int count = source.Read(buffer);
        length += count;
        if (length > mostBytes)
            throw new InvalidDataException();

        hash.AppendData(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }
}
