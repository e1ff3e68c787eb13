using System.Buffers;
using System.IO.Compression;
using System.Text;

using MlContainerBuild.Checks.Models.Pickles;

namespace MlContainerBuild.Checks.Models.Formats;

/// <summary>
/// Models that are zips: which kind, from the names in the directory; what their pickles import; secrets in their short entries.
/// </summary>
internal sealed class ZipModelReader(ModelStream stream, ModelTexts texts)
{
    private const int LongestText = 1 << 20;
    private const int MostTexts = 200;

    // A pickle that describes a model has kilobytes; that of a training set may have anything.
    private const long LongestPickle = 64L << 20;
    private const int MostPickles = 1000;

    // Of a compressed array, enough to tell whether it is one of numbers.
    private const int ArrayHeadLength = 4 << 10;

    // For all pickles together: entries may share their bytes, and gigabytes of nothing deflate to kilobytes.
    private long pickleBytesLeft = stream.Length + LongestPickle;

    /// <summary>What kind of model an archive is; null for an archive that is none.</summary>
    public static ModelFormat? Recognize(ZipDirectory directory)
    {
        bool hasPickle = false;
        bool hasConstants = false;
        bool hasCode = false;
        bool hasWeights = false;
        bool hasConfiguration = false;
        int arrays = 0;
        foreach (ZipEntry entry in directory.Entries)
        {
            ReadOnlySpan<char> name = entry.Name;
            ReadOnlySpan<char> file = entry.FileName;
            if (IsBelow(name, "TransformerChain") || IsBelow(name, "Predictor") || file.SequenceEqual("Model.key"))
                return ModelFormat.MlNet;

            hasPickle |= file.SequenceEqual("data.pkl");
            hasConstants |= file.SequenceEqual("constants.pkl");
            hasCode |= name.Contains("/code/", StringComparison.Ordinal) || IsBelow(name, "code");
            hasWeights |= name.SequenceEqual("model.weights.h5");
            hasConfiguration |= name.SequenceEqual("config.json");
            arrays += file.EndsWith(".npy", StringComparison.Ordinal) ? 1 : 0;
        }

        return hasConstants && (hasCode || hasPickle) ? ModelFormat.TorchScript
            : hasPickle ? ModelFormat.PyTorch
            : hasWeights && hasConfiguration ? ModelFormat.Keras
            : arrays > 0 && arrays == directory.Entries.Count ? ModelFormat.NumPyArchive
            : null;
    }

    public ModelFile Read(ModelFile file, ZipDirectory directory)
    {
        ModelProblem? problem = stream.TakeProblem();
        var imports = new PickleImports(isTorchScript: file.Format == ModelFormat.TorchScript);
        int pickles = 0;
        int read = 0;
        bool holdsCode = false;
        foreach (ZipEntry entry in directory.Entries)
        {
            if (IsPickle(entry, file.Format))
            {
                ModelProblem? found = pickles++ >= MostPickles
                    ? new ModelProblem(stream.Position, $"the archive holds more than {MostPickles} pickles")
                    : WalkPickle(directory, entry, imports, isArray: entry.FileName.EndsWith(".npy", StringComparison.Ordinal));
                problem ??= found;
            }
            else if (entry.Size is > 0 and <= LongestText && !IsWeights(entry) && read++ < MostTexts)
            {
                byte[] text = directory.ReadHead(stream, entry, (int)entry.Size);
                texts.Look("entry", Encoding.UTF8.GetBytes(entry.Name), text);
                holdsCode |= file.Format == ModelFormat.Keras && entry.Name == "config.json" && HasLambda(text);
                if (IsPickleStart(text))
                {
                    ModelProblem? found = WalkPickle(directory, entry, imports, isArray: false);
                    problem ??= found;
                }
            }

            problem ??= stream.TakeProblem();
            stream.TakeProblem();
        }

        if (problem is not null)
        {
            stream.Seek(Math.Clamp(problem.Offset, 0, stream.Length));
            stream.Fail(problem.Reason);
        }

        return file with { Imports = imports.Found, HoldsCode = holdsCode };
    }

    private static bool IsBelow(ReadOnlySpan<char> name, string folder) =>
        name.Length > folder.Length && name.StartsWith(folder, StringComparison.Ordinal) && name[folder.Length] is '/' or '\\';

    private static bool IsPickle(ZipEntry entry, ModelFormat format)
    {
        ReadOnlySpan<char> file = entry.FileName;
        return file.EndsWith(".pkl", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".pickle", StringComparison.OrdinalIgnoreCase)
            || file.EndsWith(".joblib", StringComparison.OrdinalIgnoreCase)
            || (format == ModelFormat.NumPyArchive && file.EndsWith(".npy", StringComparison.Ordinal));
    }

    // PyTorch numbers its storages below data/; they are bytes of arrays.
    private static bool IsWeights(ZipEntry entry) =>
        entry.Name.Contains("/data/", StringComparison.Ordinal) || entry.FileName.EndsWith(".h5", StringComparison.Ordinal) || entry.FileName.EndsWith(".npy", StringComparison.Ordinal);

    private static bool IsPickleStart(ReadOnlySpan<byte> text) => text.Length > 2 && text[0] == 0x80 && text[1] is >= 2 and <= 5;

    // A Lambda layer is Python byte code in the configuration, and Keras runs it (CVE-2024-3660).
    private static bool HasLambda(ReadOnlySpan<byte> configuration) =>
        configuration.IndexOf("\"class_name\": \"Lambda\""u8) >= 0 || configuration.IndexOf("\"class_name\":\"Lambda\""u8) >= 0;

    private ModelProblem? WalkPickle(ZipDirectory directory, ZipEntry entry, PickleImports imports, bool isArray)
    {
        if (pickleBytesLeft < 0)
            return new ModelProblem(stream.Position, "the pickles of the archive are longer together than the archive can be");

        if (isArray && entry.IsDeflated && IsArrayOfNumbers(directory.ReadHead(stream, entry, ArrayHeadLength)))
            return null;

        if (!directory.TrySeek(stream, entry))
            return stream.TakeProblem();

        using Stream? content = Open(entry);
        if (content is null)
            return new ModelProblem(stream.Position, $"the entry '{entry.Name}' is compressed by method {entry.Method}, which is not read");

        using var pickle = new ModelStream(content);
        if (isArray)
            NumPyReader.Walk(pickle, imports);
        else
            new PickleWalk(pickle, imports).Run();
        pickleBytesLeft -= entry.IsDeflated ? content.Length : pickle.BytesRead;
        return pickle.Problem is { } problem ? problem with { Reason = $"in the entry '{entry.Name}' {problem.Reason}" } : null;
    }

    private static bool IsArrayOfNumbers(byte[] head)
    {
        using var array = new ModelStream(new MemoryStream(head));
        return !NumPyReader.IsPickleNext(array) && array.Problem is null;
    }

    /// <summary>An entry's content from where the stream is, with the jumps that a pickle asks for; null for another compression.</summary>
    private Stream? Open(ZipEntry entry)
    {
        if (entry.IsStored)
            return new Window(stream, stream.Position, Math.Min(entry.CompressedSize, stream.Remaining));

        return entry.IsDeflated ? Inflate(new Window(stream, stream.Position, Math.Min(entry.CompressedSize, stream.Remaining))) : null;
    }

    // Bounded by what may come out, not by what the entry announces.
    private static MemoryStream Inflate(Stream compressed)
    {
        var content = new MemoryStream();
        byte[] piece = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            using var inflated = new DeflateStream(compressed, CompressionMode.Decompress);
            int length;
            while (content.Length < LongestPickle && (length = inflated.Read(piece)) > 0)
            {
                content.Write(piece.AsSpan(0, length));
            }
        }
        catch (InvalidDataException)
        {
            // The walk ends where the content does, and says so.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        content.Position = 0;
        return content;
    }
}
