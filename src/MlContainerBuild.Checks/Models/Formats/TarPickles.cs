using MlContainerBuild.Checks.Models.Pickles;

namespace MlContainerBuild.Checks.Models.Formats;

/// <summary>What <c>torch.save</c> wrote before version 0.1.10, and <c>torch.load</c> still reads: a tar of pickles.</summary>
internal static class TarPickles
{
    private const int BlockLength = 512;
    private const int MostEntries = 1000;

    private static ReadOnlySpan<byte> Mark => "ustar"u8;

    public static bool IsTar(ReadOnlySpan<byte> head) => head.Length >= BlockLength && head[257..].StartsWith(Mark);

    public static bool IsPyTorch(ModelStream stream)
    {
        bool isPyTorch = false;
        foreach ((string name, _, _) in Entries(stream))
        {
            isPyTorch |= name == "storages";
        }

        stream.TakeProblem();
        return isPyTorch;
    }

    public static void Walk(ModelStream stream, PickleImports imports)
    {
        foreach ((string name, long offset, long length) in Entries(stream))
        {
            if (name is not ("sys_info" or "pickle" or "storages" or "tensors"))
                continue;

            using var entry = new ModelStream(new Window(stream, offset, length));
            new PickleWalk(entry, imports).Run();
            if (entry.Problem is { } problem)
            {
                stream.Seek(Math.Min(offset + problem.Offset, stream.Length));
                stream.Fail(problem.Reason);
                return;
            }
        }
    }

    private static IEnumerable<(string Name, long Offset, long Length)> Entries(ModelStream stream)
    {
        long at = 0;
        for (int i = 0; i < MostEntries && at <= stream.Length - BlockLength; i++)
        {
            stream.Seek(at);
            if (!TryReadHeader(stream, out string name, out long length))
                yield break;

            yield return (name, at + BlockLength, Math.Min(length, stream.Length - at - BlockLength));
            at += BlockLength + ((length + BlockLength - 1) / BlockLength * BlockLength);
        }
    }

    private static bool TryReadHeader(ModelStream stream, out string name, out long length)
    {
        (name, length) = ("", 0);
        if (!stream.TryRead(BlockLength, out ReadOnlySpan<byte> header) || header[0] == 0 || !header[257..].StartsWith(Mark))
            return false;

        ReadOnlySpan<byte> text = header[..100];
        int end = text.IndexOf((byte)0);
        name = System.Text.Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
        if (name.StartsWith("./", StringComparison.Ordinal))
            name = name[2..];
        foreach (byte digit in header[124..136])
        {
            if (digit is >= (byte)'0' and <= (byte)'7')
                length = (length * 8) + (digit - '0');
        }

        return true;
    }
}
