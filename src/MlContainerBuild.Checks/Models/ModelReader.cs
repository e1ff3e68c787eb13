using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

using MlContainerBuild.Checks.Models.Formats;
using MlContainerBuild.Checks.Models.Pickles;

namespace MlContainerBuild.Checks.Models;

/// <summary>
/// Tells model files from others, by their content first and by their name where formats have no mark of their own, and reads
/// their heads. Reads kilobytes of a file of any size, never its weights; never throws for what a file holds.
/// </summary>
public static class ModelReader
{
    private const int HeadLength = 512;

    /// <summary>Whether a file is a model, without reading more than tells. The rules about secrets in files leave such files to this reader.</summary>
    /// <param name="path">Absolute.</param>
    /// <returns>False for what cannot be opened, too.</returns>
    public static bool TryRecognize(string path, out ModelFormat format)
    {
        format = default;
        if (!TryOpen(path, out FileStream? file))
            return false;

        using var stream = new ModelStream(file, ownsStream: true);
        try
        {
            return Recognize(stream, path) is { } known && Set(known.Format, out format);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        static bool Set(ModelFormat value, out ModelFormat target)
        {
            target = value;
            return true;
        }
    }

    /// <summary>Reads the head of a file.</summary>
    /// <param name="path">Absolute.</param>
    /// <returns>Null for a file that is no model, or that cannot be opened.</returns>
    public static ModelFile? Read(string path) => TryOpen(path, out FileStream? file) ? Read(file, path) : null;

    /// <summary>Reads the head of a model from a stream, which is closed.</summary>
    /// <param name="content">Seekable.</param>
    /// <param name="path">What the file is called.</param>
    /// <returns>Null for what is no model.</returns>
    public static ModelFile? Read(Stream content, string path)
    {
        using var stream = new ModelStream(content, ownsStream: true);
        try
        {
            if (Recognize(stream, path) is not { } known)
                return null;

            var file = new ModelFile(path, stream.Length, known.Format);
            using var texts = new ModelTexts();
            stream.Seek(0);
            file = Read(file, known.Directory, stream, texts);
            return file with { Secrets = texts.FindSecrets(), Problem = file.Problem ?? stream.Problem, BytesRead = stream.BytesRead };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ModelFile Read(ModelFile file, ZipDirectory? directory, ModelStream stream, ModelTexts texts)
    {
        switch (file.Format)
        {
            case ModelFormat.Onnx:
                return new OnnxReader(stream, texts).Read(file);
            case ModelFormat.Safetensors:
                return new SafetensorsReader(stream, texts).Read(file);
            case ModelFormat.Gguf:
                return new GgufReader(stream, texts).Read(file);
            case ModelFormat.Pickle or ModelFormat.PyTorchLegacy:
                var imports = new PickleImports();
                if (TarPickles.IsTar(stream.Peek(HeadLength)))
                    TarPickles.Walk(stream, imports);
                else
                    new PickleWalk(stream, imports).Run();
                return file with { Imports = imports.Found };
            case ModelFormat.NumPy:
                var objects = new PickleImports();
                NumPyReader.Walk(stream, objects);
                return file with { Imports = objects.Found };
            case ModelFormat.TensorRtPlan when stream.Peek(8) is { Length: 8 } head && !IsPlan(head):
                LookAtPlanMetadata(stream, texts);
                return file;
            case var _ when directory is not null:
                return new ZipModelReader(stream, texts).Read(file, directory);
            default:
                return file;
        }
    }

    private static (ModelFormat Format, ZipDirectory? Directory)? Recognize(ModelStream stream, string path)
    {
        ReadOnlySpan<byte> head = stream.Peek(HeadLength);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (head.Length < 4)
            return null;

        if (ZipDirectory.IsZip(head))
        {
            ZipDirectory directory = ZipDirectory.Read(stream);
            ModelFormat? format = ZipModelReader.Recognize(directory);
            bool isBroken = stream.Problem is not null;
            return format is { } known ? (known, directory) : isBroken && IsPyTorchName(extension) ? (ModelFormat.PyTorch, directory) : null;
        }

        return ByMark(head, stream.Length) is { } marked ? (marked, null)
            : ByShape(stream, head, extension) is { } shaped ? (shaped, null)
            : null;
    }

    private static ModelFormat? ByMark(ReadOnlySpan<byte> head, long length) =>
        GgufReader.IsGguf(head) ? ModelFormat.Gguf
        : GgufReader.IsGgml(head) ? ModelFormat.Ggml
        : NumPyReader.IsNumPy(head) ? ModelFormat.NumPy
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A]) ? ModelFormat.Hdf5
        : IsPlan(head) ? ModelFormat.TensorRtPlan
        : head.Length >= 8 && head[4..].StartsWith("TFL3"u8) ? ModelFormat.TensorFlowLite
        : head.Length >= 8 && head[4..].StartsWith("ORTM"u8) ? ModelFormat.OnnxRuntime
        : SafetensorsReader.IsSafetensors(head, length) ? ModelFormat.Safetensors
        : null;

    private static ModelFormat? ByShape(ModelStream stream, ReadOnlySpan<byte> head, string extension)
    {
        if (TarPickles.IsTar(head))
            return TarPickles.IsPyTorch(stream) ? ModelFormat.PyTorchLegacy : null;

        if (IsPickleName(extension) && IsCompressed(head))
            return ModelFormat.CompressedPickle;

        if (IsPlanWithMetadata(stream, head))
            return ModelFormat.TensorRtPlan;

        if (head[0] == 0x80 && head[1] is >= 2 and <= 5)
            return IsPyTorchMagic(head) ? ModelFormat.PyTorchLegacy : IsPickleName(extension) || IsPickle(stream, isMarked: true) ? ModelFormat.Pickle : null;

        if ((IsPickleName(extension) || head[0] is (byte)'(' or (byte)'c') && IsPickle(stream, isMarked: false))
            return ModelFormat.Pickle;

        bool mayBeOnnx = head[0] is 0x08 or 0x12 or 0x1A or 0x22 or 0x28 or 0x32 or 0x3A or 0x42;
        if (!mayBeOnnx)
            return null;

        stream.Seek(0);
        bool isOnnx = OnnxReader.IsOnnx(stream);
        stream.TakeProblem();

        // One that was cut short is a model that will not load, and not something else.
        return isOnnx || extension == ".onnx" ? ModelFormat.Onnx : null;
    }

    private static bool IsPlan(ReadOnlySpan<byte> head) => head.StartsWith("ptrt"u8) || head.StartsWith("ftrt"u8);

    // Ultralytics puts a length and JSON before the engine.
    private static bool IsPlanWithMetadata(ModelStream stream, ReadOnlySpan<byte> head)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (head.Length < 8 || head[4] != '{' || length > ModelStream.LongestRead || length + 8L > stream.Length)
            return false;

        stream.Seek(4 + length);
        bool isPlan = IsPlan(stream.Peek(4));
        stream.Seek(0);
        return isPlan;
    }

    private static void LookAtPlanMetadata(ModelStream stream, ModelTexts texts)
    {
        if (stream.TryReadUInt32(out uint length) && stream.TryRead((int)Math.Min(length, ModelStream.LongestRead), out ReadOnlySpan<byte> metadata))
            texts.Look("metadata", [], metadata);
    }

    // The number that torch.save wrote first, as a pickle of its own.
    private static bool IsPyTorchMagic(ReadOnlySpan<byte> head) => head[2..].StartsWith((ReadOnlySpan<byte>)[0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]);

    // Two bytes are no proof, and protocols 0 and 1 have none: that every instruction is one, up to the end, is. What breaks off
    // later has done its harm by then.
    private static bool IsPickle(ModelStream stream, bool isMarked)
    {
        var imports = new PickleImports();
        stream.Seek(0);
        new PickleWalk(stream, imports).Run();
        return imports.HoldsDangerous | (stream.TakeProblem() is null && (isMarked || stream.Remaining == 0));
    }

    private static bool IsPickleName(string extension) => extension is ".pkl" or ".pickle" or ".joblib" or ".dill" or ".p" or ".pk" || IsPyTorchName(extension);

    private static bool IsPyTorchName(string extension) => extension is ".pt" or ".pth" or ".ckpt" or ".pt2" or ".th";

    private static bool IsCompressed(ReadOnlySpan<byte> head) =>
        head is [0x1F, 0x8B, ..] or [0x78, 0x01 or 0x5E or 0x9C or 0xDA, ..] or [(byte)'B', (byte)'Z', (byte)'h', ..] or [0xFD, (byte)'7', (byte)'z', (byte)'X', ..] or [0x04, 0x22, 0x4D, 0x18, ..];

    private static bool TryOpen(string path, [NotNullWhen(true)] out FileStream? file)
    {
        file = null;
        try
        {
            // No buffer of its own: the reader has one.
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return file.CanSeek || Close(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }

        static bool Close(FileStream pipe)
        {
            pipe.Dispose();
            return false;
        }
    }
}
