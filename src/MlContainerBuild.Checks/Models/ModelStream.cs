using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MlContainerBuild.Checks.Models;

/// <summary>
/// Reads the head of a file piece by piece and jumps over the rest. What is wrong is remembered once, with its offset, and from
/// then on every read fails: a reader of a format need not ask after each step. Reads little after a jump and more with every
/// piece that follows, so that neither thousands of jumps nor a long head is slow.
/// </summary>
internal sealed class ModelStream : IDisposable
{
    /// <summary>The longest piece that can be had at once.</summary>
    public const int LongestRead = 1 << 20;

    private const int SmallestFill = 4 << 10;
    private const int LargestFill = 64 << 10;

    private readonly Stream stream;
    private readonly bool ownsStream;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(LargestFill);
    private long bufferOffset;
    private int bufferLength;
    private int used;
    private int next;
    private int fill = SmallestFill;

    /// <param name="stream">Seekable; read from where offset 0 is.</param>
    /// <param name="ownsStream">Whether to close it, too.</param>
    public ModelStream(Stream stream, bool ownsStream = false)
    {
        this.stream = stream;
        this.ownsStream = ownsStream;
        Length = stream.Length;
    }

    public long Length { get; }

    public long Position => bufferOffset + next;

    public long Remaining => Length - Position;

    public long BytesRead { get; private set; }

    /// <summary>The first thing that was wrong.</summary>
    public ModelProblem? Problem { get; private set; }

    /// <summary>Remembers what is wrong here.</summary>
    /// <returns>False, always: to be returned.</returns>
    public bool Fail(string reason)
    {
        Problem ??= new ModelProblem(Position, reason);

        // Without a buffer no read succeeds at once, so that those need not ask whether there is a problem.
        bufferLength = next;
        return false;
    }

    /// <summary>Forgets what was wrong, to go on elsewhere.</summary>
    public ModelProblem? TakeProblem()
    {
        ModelProblem? problem = Problem;
        Problem = null;
        return problem;
    }

    /// <summary>The next bytes, which stay where they are; fewer at the end of the file.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (Problem is not null)
            return [];

        if (bufferLength - next < count)
            Fill(count);
        return buffer.AsSpan(next, Math.Min(count, bufferLength - next));
    }

    /// <summary>The next bytes, valid until the next call.</summary>
    /// <param name="count">Not negative, at most <see cref="LongestRead"/>.</param>
    public bool TryRead(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = Peek(count);
        if (bytes.Length == count && Problem is null)
        {
            next += count;
            return true;
        }

        bytes = [];
        return Fail("the file ends here");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadByte(out byte value)
    {
        if (next < bufferLength)
        {
            value = buffer[next++];
            return true;
        }

        return TryReadByteBeyond(out value);
    }

    /// <summary>Jumps over a few bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPass(int count)
    {
        if (bufferLength - next < count)
            return TrySkip((ulong)count);

        next += count;
        return true;
    }

    private bool TryReadByteBeyond(out byte value)
    {
        bool isRead = TryRead(1, out ReadOnlySpan<byte> bytes);
        value = isRead ? bytes[0] : default;
        return isRead;
    }

    public bool TryReadUInt32(out uint value)
    {
        bool isRead = TryRead(sizeof(uint), out ReadOnlySpan<byte> bytes);
        value = isRead ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : default;
        return isRead;
    }

    public bool TryReadUInt64(out ulong value)
    {
        bool isRead = TryRead(sizeof(ulong), out ReadOnlySpan<byte> bytes);
        value = isRead ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : default;
        return isRead;
    }

    /// <summary>An integer as protocol buffers write it: seven bits a byte, the lowest first.</summary>
    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (!TryReadByte(out byte part))
                return false;

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return true;
        }

        return Fail("an integer is longer than ten bytes");
    }

    /// <summary>Jumps forward.</summary>
    public bool TrySkip(ulong count)
    {
        if (Problem is not null)
            return false;

        if (count > (ulong)Remaining)
            return Fail($"{count} bytes are announced, and the file has {Remaining} more");

        Seek(Position + (long)count);
        return true;
    }

    /// <summary>Jumps.</summary>
    /// <param name="offset">From 0 to <see cref="Length"/>.</param>
    public void Seek(long offset)
    {
        if (offset >= bufferOffset && offset <= bufferOffset + bufferLength)
        {
            next = (int)(offset - bufferOffset);
            return;
        }

        bufferOffset = offset;
        bufferLength = 0;
        next = 0;
        fill = SmallestFill;
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            // Metadata may hold a secret: the next to rent the buffer need not see it.
            buffer.AsSpan(0, used).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }

        if (ownsStream)
            stream.Dispose();
    }

    // Keeps what has not been consumed, and reads until `count` bytes are there or the file ends.
    private void Fill(int count)
    {
        int kept = bufferLength - next;
        int wanted = Math.Max(count, kept + fill);
        if (wanted > buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(wanted);
            buffer.AsSpan(next, kept).CopyTo(larger);
            buffer.AsSpan(0, used).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(next, kept).CopyTo(buffer);
        }

        bufferOffset += next;
        next = 0;
        bufferLength = kept;
        stream.Position = bufferOffset + kept;
        used = Math.Max(used, wanted);
        while (bufferLength < count)
        {
            int read = stream.Read(buffer, bufferLength, wanted - bufferLength);
            if (read == 0)
                break;

            bufferLength += read;
            BytesRead += read;
        }

        fill = Math.Min(fill * 2, LargestFill);
    }
}
