using System.Text;

namespace MlContainerBuild.Checks.Models.Formats;

/// <summary>
/// ONNX: walks the tags of the protocol buffer, reads the texts and jumps over everything else, the weights above all.
/// </summary>
/// <remarks>Fields as in onnx/onnx.proto of https://github.com/onnx/onnx, IR version 13.</remarks>
internal sealed class OnnxReader(ModelStream stream, ModelTexts texts)
{
    // Subgraphs of If, Loop and Scan nest three messages a level.
    private const int DeepestNesting = 96;
    private const int MostExternalFiles = 1000;
    private const int MostDomains = 64;
    private const int LongestPath = 4096;
    private const int LongestName = 256;
    private const int MostTopLevelFields = 10_000;

    private static readonly HashSet<string> KnownDomains = new(StringComparer.Ordinal)
    {
        "", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training", "com.microsoft", "com.microsoft.nchwc",
        "com.microsoft.experimental", "com.microsoft.dml", "com.ms.internal.nhwc", "org.pytorch.aten",
    };

    private readonly HashSet<string> externalData = new(StringComparer.Ordinal);
    private readonly HashSet<string> usedDomains = new(StringComparer.Ordinal);
    private readonly HashSet<string> definedDomains = new(StringComparer.Ordinal);
    private string producerName = "";
    private string producerVersion = "";
    private bool holdsCompiledEngine;
    private bool hasGraph;
    private bool hasVersion;

    // Where something begins that is none of a model's fields, with none of them behind it.
    private long? foreignFrom;

    private enum Message
    {
        Model,
        OperatorSet,
        Graph,
        Node,
        Attribute,
        Tensor,
        SparseTensor,
        Training,
        Function,
    }

    /// <summary>
    /// Whether the whole file is one message with the fields of a model. There is no magic number, but that every length fits up
    /// to the last byte does not happen by chance. Costs a few reads, as a model has few fields.
    /// </summary>
    public static bool IsOnnx(ModelStream stream)
    {
        bool hasGraph = false;
        bool hasVersion = false;
        int count = 0;
        while (stream.Remaining > 0 && count++ < MostTopLevelFields)
        {
            if (!stream.TryReadVarint(out ulong tag))
                return false;

            (ulong field, int wireType) = (tag >> 3, (int)(tag & 7));
            if (!IsFieldOfModel(field, wireType) || !stream.TryReadVarint(out ulong value))
                return false;

            hasGraph |= field == 7;
            hasVersion |= (field == 1 && value is > 0 and < 1000) || field == 8;
            if (wireType == 2 && !stream.TrySkip(value))
                return false;
        }

        return hasGraph && hasVersion && stream.Remaining == 0;
    }

    public ModelFile Read(ModelFile file)
    {
        Walk();
        usedDomains.ExceptWith(definedDomains);
        usedDomains.ExceptWith(KnownDomains);
        string producer = $"{producerName} {producerVersion}".Trim();
        return file with
        {
            Producer = producer.Length == 0 ? null : producer,
            ExternalData = [.. externalData],
            CustomDomains = [.. usedDomains.Order(StringComparer.Ordinal)],
            HoldsCompiledEngine = holdsCompiledEngine,
            Problem = stream.Problem is not null && hasGraph && hasVersion && foreignFrom is { } end
                ? new ModelProblem(end, "what follows is no field of an ONNX model") { IsBehindModel = true }
                : null,
        };
    }

    private static bool IsFieldOfModel(ulong field, int wireType) => (field, wireType) is (1 or 5, 0) or (2 or 3 or 4 or 6 or 7 or 8 or 14 or 20 or 25 or 26, 2);

    private void Walk()
    {
        var open = new Stack<(Message Message, long End)>();
        open.Push((Message.Model, stream.Length));
        while (open.TryPeek(out (Message Message, long End) current))
        {
            if (stream.Position >= current.End)
            {
                if (stream.Position > current.End)
                {
                    stream.Fail("a field is longer than the message it lies in");
                    return;
                }

                open.Pop();
                continue;
            }

            long start = stream.Position;
            bool isTag = stream.TryReadVarint(out ulong tag) && (tag >> 3 != 0 || stream.Fail("field 0 is none of a protocol buffer"));
            if (current.Message == Message.Model)
                LookForEnd(start, isTag ? tag : null);
            if (!isTag || !TryReadLength((int)(tag & 7), current.End, out ulong? length))
                return;

            ulong field = tag >> 3;
            if (length is not ulong bytes)
                continue;

            if (ChildOf(current.Message, field) is { } child)
            {
                if (open.Count > DeepestNesting)
                {
                    stream.Fail($"messages are nested deeper than {DeepestNesting} levels");
                    return;
                }

                open.Push((child, stream.Position + (long)bytes));
            }
            else if (!TryReadValue(current.Message, field, bytes))
            {
                return;
            }
        }
    }

    // A tag of a model has two bytes at most, so a longer one is none, while a shorter one may have been cut off.
    private void LookForEnd(long start, ulong? tag)
    {
        bool isCut = tag is null && stream.Length - start < 2;
        bool isOwn = tag is { } known && IsFieldOfModel(known >> 3, (int)(known & 7));
        hasGraph |= tag >> 3 == 7;
        hasVersion |= tag >> 3 is 1 or 8;
        foreignFrom = isOwn ? null : isCut ? foreignFrom : foreignFrom ?? start;
    }

    /// <summary>Passes a number, or reads the length of what follows.</summary>
    private bool TryReadLength(int wireType, long end, out ulong? length)
    {
        length = null;
        switch (wireType)
        {
            case 0:
                return stream.TryReadVarint(out _);
            case 1:
                return stream.TrySkip(8);
            case 5:
                return stream.TrySkip(4);
            case 2 when stream.TryReadVarint(out ulong value):
                length = value;
                return value <= (ulong)Math.Max(0, end - stream.Position) || stream.Fail("a field is longer than the message it lies in");
            case 2:
                return false;
            default:
                return stream.Fail($"wire type {wireType} is none of a protocol buffer of version 3");
        }
    }

    private static Message? ChildOf(Message message, ulong field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 8) => Message.OperatorSet,
        (Message.Model, 20) => Message.Training,
        (Message.Model, 25) => Message.Function,
        (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 15) => Message.SparseTensor,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5 or 10) => Message.Tensor,
        (Message.Attribute, 6 or 11) => Message.Graph,
        (Message.Attribute, 22 or 23) => Message.SparseTensor,
        (Message.SparseTensor, 1 or 2) => Message.Tensor,
        (Message.Training, 1 or 2) => Message.Graph,
        (Message.Function, 7) => Message.Node,
        (Message.Function, 11) => Message.Attribute,
        _ => null,
    };

    private bool TryReadValue(Message message, ulong field, ulong length)
    {
        switch (message, field)
        {
            case (Message.Model, 2):
                return TryReadText(length, LongestName, out producerName);
            case (Message.Model, 3):
                return TryReadText(length, LongestName, out producerVersion);
            case (Message.Node, 7):
                return TryAddDomain(usedDomains, length);
            case (Message.Function, 10):
                return TryAddDomain(definedDomains, length);
            case (Message.Node, 4):
                if (!TryReadSome(length, out ReadOnlySpan<byte> operatorType, out ulong more))
                    return false;

                holdsCompiledEngine |= operatorType.SequenceEqual("EPContext"u8);
                return stream.TrySkip(more);
            case (Message.Model, 4):
                return TryLook("domain", length);
            case (Message.Model, 6) or (Message.Graph, 10) or (Message.Node, 6) or (Message.Attribute, 13) or (Message.Tensor, 12) or (Message.Function, 8):
                return TryLook("doc_string", length);
            case (Message.Graph, 2) or (Message.Node, 3) or (Message.Tensor, 8) or (Message.Function, 1):
                return TryLook("name", length);
            case (Message.Attribute, 4 or 9):
                return TryLook("attribute", length);
            case (Message.Tensor, 6):
                return TryLook("string_data", length);
            case (Message.Model, 14) or (Message.Graph, 16) or (Message.Node, 9) or (Message.Tensor, 16) or (Message.Function, 14) or (Message.Training, 3 or 4):
                return TryReadEntry(length, isExternalData: false);
            case (Message.Tensor, 13):
                return TryReadEntry(length, isExternalData: true);
            default:
                return stream.TrySkip(length);
        }
    }

    /// <summary>A pair of <c>key</c> (1) and <c>value</c> (2).</summary>
    private bool TryReadEntry(ulong length, bool isExternalData)
    {
        long end = stream.Position + (long)length;
        byte[] key = [];
        while (stream.Position < end)
        {
            if (!stream.TryReadVarint(out ulong tag) || !TryReadLength((int)(tag & 7), end, out ulong? bytes))
                return false;

            if (bytes is not ulong part)
                continue;

            if (tag >> 3 == 2 && isExternalData && key.AsSpan().SequenceEqual("location"u8))
            {
                if (!TryReadText(part, LongestPath, out string location))
                    return false;

                if (externalData.Count < MostExternalFiles)
                    externalData.Add(location);
                continue;
            }

            if (!TryReadSome(part, out ReadOnlySpan<byte> text, out ulong rest))
                return false;

            if (tag >> 3 == 1)
                key = text[..Math.Min(text.Length, LongestName)].ToArray();
            else if (tag >> 3 == 2)
                texts.Look("metadata_props", key, text);

            if (!stream.TrySkip(rest))
                return false;
        }

        return stream.Position == end || stream.Fail("a field is longer than the message it lies in");
    }

    private bool TryAddDomain(HashSet<string> domains, ulong length)
    {
        // Most nodes are of the standard, which has no name.
        if (length == 0)
            return true;

        if (!TryReadText(length, LongestName, out string domain))
            return false;

        if (domains.Count < MostDomains)
            domains.Add(domain);
        return true;
    }

    private bool TryLook(string place, ulong length)
    {
        if (!TryReadSome(length, out ReadOnlySpan<byte> text, out ulong rest))
            return false;

        texts.Look(place, [], text);
        return stream.TrySkip(rest);
    }

    private bool TryReadText(ulong length, int longest, out string text)
    {
        bool isRead = TryReadSome(length, out ReadOnlySpan<byte> bytes, out ulong rest);
        text = isRead ? Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, longest)]) : "";
        return isRead && stream.TrySkip(rest);
    }

    // What is longer is no text but a file in an attribute: a tokenizer, a compiled engine.
    private bool TryReadSome(ulong length, out ReadOnlySpan<byte> bytes, out ulong rest)
    {
        int count = (int)Math.Min(length, ModelStream.LongestRead);
        rest = length - (ulong)count;
        return stream.TryRead(count, out bytes);
    }
}
