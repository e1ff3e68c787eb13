using System.Globalization;
using System.Runtime.CompilerServices;

using MlContainerBuild.Checks.Models.Formats;

namespace MlContainerBuild.Checks.Models.Pickles;

/// <summary>
/// Follows a pickle's instructions without executing them, to list what it imports. A name may come from the stack, from the
/// memo, or be written with escapes, so all three are followed as Python does; values are known by where they stand in the file
/// only, which is all that a name needs.
/// </summary>
internal sealed class PickleWalk
{
    // Python writes lists and dictionaries in portions of a thousand; only tuples and hostile files go beyond.
    private const int MostValues = 1 << 20;
    private const int MostPickles = 10_000;
    private const int MostNested = 100_000;
    private const int DeepestNesting = 3;
    private const int ShortestPickle = 6;

    private readonly ModelStream stream;
    private readonly PickleImports imports;
    private readonly PickleWalk? outer;
    private readonly int depth;
    private readonly List<int> marks = [];
    private readonly PickleTexts texts;
    private PickleValue[] stack = new PickleValue[256];
    private int count;
    private int fence;

    // Of all levels, kept by the outermost.
    private int nestedCount;

    public PickleWalk(ModelStream stream, PickleImports imports)
    {
        this.stream = stream;
        this.imports = imports;
        texts = new PickleTexts(stream);
    }

    /// <summary>Of a pickle in the bytes of another.</summary>
    private PickleWalk(ModelStream stream, PickleImports imports, PickleWalk outer)
        : this(stream, imports)
    {
        this.outer = outer.outer ?? outer;
        depth = outer.depth + 1;
    }

    /// <summary>
    /// Walks from where the stream is: one pickle, and those that follow. What follows and is no pickle is data of the format
    /// around it. Where the first one cannot be followed to its end, that is the stream's problem.
    /// </summary>
    public void Run()
    {
        using var memo = new PickleMemo();
        WalkAll(memo);
    }

    private void WalkAll(PickleMemo memo)
    {
        if (!TryWalk(imports, memo))
            return;

        for (int pickles = 1; pickles < MostPickles && stream.Remaining >= ShortestPickle; pickles++)
        {
            PickleImports more = imports.Fresh();
            bool isPickle = TryWalk(more, memo);
            if (isPickle || more.HoldsDangerous)
                imports.AddAll(more);
            if (!isPickle)
            {
                stream.TakeProblem();
                return;
            }
        }
    }

    /// <summary>Walks one pickle to its STOP. Here are the instructions that large pickles consist of.</summary>
    private bool TryWalk(PickleImports found, PickleMemo memo)
    {
        count = 0;
        fence = 0;
        marks.Clear();
        memo.Clear();
        while (stream.TryReadByte(out byte opcode))
        {
            bool isDone;
            switch (opcode)
            {
                case PickleOpcode.Stop:
                    return TryPop(1);
                case PickleOpcode.None or PickleOpcode.True or PickleOpcode.False or PickleOpcode.EmptyTuple or PickleOpcode.EmptyList
                    or PickleOpcode.EmptyDictionary or PickleOpcode.EmptySet or PickleOpcode.NextBuffer:
                    isDone = TryPushObject();
                    break;
                case PickleOpcode.BinInt1:
                    isDone = stream.TryPass(1) && TryPushObject();
                    break;
                case PickleOpcode.BinInt2:
                    isDone = stream.TryPass(2) && TryPushObject();
                    break;
                case PickleOpcode.BinInt:
                    isDone = stream.TryPass(4) && TryPushObject();
                    break;
                case PickleOpcode.BinFloat:
                    isDone = stream.TryPass(8) && TryPushObject();
                    break;
                case PickleOpcode.ShortBinUnicode or PickleOpcode.ShortBinString:
                    isDone = stream.TryReadByte(out byte length) && TryPushText(length);
                    break;
                case PickleOpcode.Mark:
                    isDone = TryMark();
                    break;
                case PickleOpcode.Appends or PickleOpcode.SetItems or PickleOpcode.AddItems:
                    isDone = TryPopToMark() && HasTop();
                    break;
                case PickleOpcode.Append:
                    isDone = TryPop(1) && HasTop();
                    break;
                case PickleOpcode.SetItem:
                    isDone = TryPop(2) && HasTop();
                    break;
                case PickleOpcode.Tuple1 or PickleOpcode.BinPersistentId:
                    isDone = TryPop(1) && TryPushObject();
                    break;
                case PickleOpcode.Tuple2 or PickleOpcode.Reduce:
                    isDone = TryPop(2) && TryPushObject();
                    break;
                case PickleOpcode.Tuple3 or PickleOpcode.NewObjectWithKeywords:
                    isDone = TryPop(3) && TryPushObject();
                    break;
                case PickleOpcode.Memoize:
                    isDone = HasTop() && TryPut(memo, memo.Count);
                    break;
                case PickleOpcode.BinPut:
                    isDone = stream.TryReadByte(out byte put) && HasTop() && TryPut(memo, put);
                    break;
                case PickleOpcode.BinGet:
                    isDone = stream.TryReadByte(out byte get) && TryRecall(memo, get);
                    break;
                case PickleOpcode.NewObject:
                    isDone = TryMakeObject();
                    break;
                case PickleOpcode.Build:
                    isDone = TryBuild();
                    break;
                default:
                    isDone = TryStep(opcode, found, memo);
                    break;
            }

            if (!isDone)
                return false;
        }

        return false;
    }

    private bool TryStep(byte opcode, PickleImports found, PickleMemo memo)
    {
        switch (opcode)
        {
            case PickleOpcode.Long1:
                return stream.TryReadByte(out byte length1) && stream.TrySkip(length1) && TryPushObject();
            case PickleOpcode.Long4:
                return TryReadLength4(out ulong length4) && stream.TrySkip(length4) && TryPushObject();
            case PickleOpcode.IntLine or PickleOpcode.LongLine or PickleOpcode.FloatLine or PickleOpcode.PersistentIdLine:
                return TryReadLine(out _) && TryPushObject();

            case PickleOpcode.BinUnicode or PickleOpcode.BinString:
                return TryReadLength4(out ulong textLength) && TryPushText(textLength);
            case PickleOpcode.BinUnicode8:
                return stream.TryReadUInt64(out ulong longLength) && TryPushText(longLength);
            case PickleOpcode.StringLine:
                return TryReadLine(out PickleValue quoted) && TryPush(quoted with { Kind = PickleValueKind.QuotedText });
            case PickleOpcode.UnicodeLine:
                return TryReadLine(out PickleValue escaped) && TryPush(escaped with { Kind = PickleValueKind.EscapedText });

            case PickleOpcode.ShortBinBytes:
                return stream.TryReadByte(out byte bytesLength1) && TryPushBytes(bytesLength1, found);
            case PickleOpcode.BinBytes:
                return stream.TryReadUInt32(out uint bytesLength4) && TryPushBytes(bytesLength4, found);
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8:
                return stream.TryReadUInt64(out ulong bytesLength8) && TryPushBytes(bytesLength8, found);

            case PickleOpcode.PopMark:
                return TryPopToMark();
            case PickleOpcode.Pop:
                return count == fence && marks.Count > 0 ? TryPopToMark() : TryPop(1);
            case PickleOpcode.Duplicate:
                return TryPeek(out PickleValue top) && TryPush(top);
            case PickleOpcode.Tuple or PickleOpcode.List or PickleOpcode.Dictionary or PickleOpcode.FrozenSet:
                return TryPopToMark() && TryPushObject();
            case PickleOpcode.ReadOnlyBuffer:
                return HasTop();

            case PickleOpcode.Global:
                return TryImport(found);
            case PickleOpcode.Instance:
                return TryReadGlobal(found, out _) && TryPopToMark() && TryPushObject();
            case PickleOpcode.StackGlobal:
                return TryImportFromStack(found);
            case PickleOpcode.Extension1:
                return stream.TryReadByte(out byte code1) && TryImportExtension(code1, found);
            case PickleOpcode.Extension2:
                return stream.TryRead(2, out ReadOnlySpan<byte> code2) && TryImportExtension((uint)(code2[0] | (code2[1] << 8)), found);
            case PickleOpcode.Extension4:
                return stream.TryReadUInt32(out uint code4) && TryImportExtension(code4, found);
            case PickleOpcode.Object:
                return TryPopToMark() && TryPushObject();
            case PickleOpcode.LongBinPut:
                return stream.TryReadUInt32(out uint put4) && HasTop() && TryPut(memo, put4);
            case PickleOpcode.PutLine:
                return TryReadNumber(out uint putLine) && HasTop() && TryPut(memo, putLine);
            case PickleOpcode.LongBinGet:
                return stream.TryReadUInt32(out uint get4) && TryRecall(memo, get4);
            case PickleOpcode.GetLine:
                return TryReadNumber(out uint getLine) && TryRecall(memo, getLine);

            case PickleOpcode.Protocol:
                return stream.TryReadByte(out byte protocol) && (protocol <= 5 || stream.Fail($"protocol {protocol} is not known"));
            case PickleOpcode.Frame:
                return stream.TrySkip(8);
            default:
                return stream.Fail($"0x{opcode:X2} is no instruction of a pickle");
        }
    }

    private bool TryPushObject() => TryPush(new PickleValue(PickleValueKind.Object));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryPush(PickleValue value)
    {
        if (count == stack.Length && !TryGrowStack())
            return false;

        stack[count++] = value;
        return true;
    }

    private bool TryGrowStack()
    {
        if (count == MostValues)
            return stream.Fail($"the pickle puts more than {MostValues} values on its stack");

        Array.Resize(ref stack, count * 4);
        return true;
    }

    // A mark is a fence: what lies behind it cannot be reached before the mark is taken away.
    private bool TryMark()
    {
        if (marks.Count == MostValues)
            return stream.Fail($"the pickle sets more than {MostValues} marks");

        marks.Add(count);
        fence = count;
        return true;
    }

    private bool TryPopToMark()
    {
        if (marks.Count == 0)
            return stream.Fail("the pickle goes back to a mark that it has not set");

        count = marks[^1];
        marks.RemoveAt(marks.Count - 1);
        fence = marks.Count > 0 ? marks[^1] : 0;
        return true;
    }

    private bool HasTop() => count > fence || stream.Fail("the pickle takes a value from an empty stack");

    private bool TryPeek(out PickleValue value)
    {
        value = count > fence ? stack[count - 1] : default;
        return HasTop();
    }

    private bool TryPop(int number)
    {
        if (count - number < fence)
            return stream.Fail("the pickle takes a value from an empty stack");

        count -= number;
        return true;
    }

    private bool TryPushText(ulong length)
    {
        long offset = stream.Position;
        return (length < 256 ? stream.TryPass((int)length) : stream.TrySkip(length)) && TryPush(length <= PickleTexts.LongestText ? new PickleValue(PickleValueKind.Text, (int)length, offset) : new PickleValue(PickleValueKind.Object));
    }

    // Bytes may hold another pickle, as those of torch.storage._load_from_bytes do.
    private bool TryPushBytes(ulong length, PickleImports found)
    {
        long offset = stream.Position;
        if (length >= ShortestPickle && length <= (ulong)stream.Remaining && depth < DeepestNesting && stream.Peek(2) is [0x80, >= 2 and <= 5])
        {
            if ((outer ?? this).nestedCount++ == MostNested)
                return stream.Fail($"the pickle holds more than {MostNested} pickles in its bytes");

            PickleImports nested = found.Fresh();
            using var content = new ModelStream(new Window(stream, offset, (long)length));
            new PickleWalk(content, nested, this).Run();
            if (content.Problem is null || nested.HoldsDangerous)
                found.AddAll(nested);
            stream.Seek(offset);
        }

        return stream.TrySkip(length) && TryPushObject();
    }

    private bool TryReadLength4(out ulong length)
    {
        bool isRead = stream.TryReadUInt32(out uint value);
        length = value;
        return isRead;
    }

    private bool TryReadLine(out PickleValue line)
    {
        line = default;
        for (int size = 64; ; size *= 4)
        {
            ReadOnlySpan<byte> bytes = stream.Peek(Math.Min(size, ModelStream.LongestRead));
            int end = bytes.IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = new PickleValue(PickleValueKind.Object, end, stream.Position);
                return stream.TrySkip((ulong)end + 1);
            }

            if (bytes.Length < size)
                return stream.Fail(bytes.Length == ModelStream.LongestRead ? "a line is longer than 1 MiB" : "the file ends here");
        }
    }

    private bool TryReadNumber(out uint number)
    {
        number = 0;
        return TryReadLine(out PickleValue line)
            && texts.Read(line with { Kind = PickleValueKind.Text }) is { } text
            && (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) || stream.Fail("a place in the memo is no number"));
    }

    // The value is on top of the stack.
    private bool TryPut(PickleMemo memo, uint index)
    {
        memo.Put(index, stack[count - 1]);
        return true;
    }

    private bool TryRecall(PickleMemo memo, uint index) => memo.TryGet(index, out PickleValue value)
        ? TryPush(value)
        : stream.Fail($"the pickle recalls {index} from its memo, and has put nothing there");

    private bool TryImport(PickleImports found) =>
        TryReadGlobal(found, out string name) && TryPush(new PickleValue(IsArrayWrapper(name) ? PickleValueKind.ArrayWrapper : PickleValueKind.Object));

    private bool TryReadGlobal(PickleImports found, out string full)
    {
        full = "";
        if (!TryReadLine(out PickleValue module) || !TryReadLine(out PickleValue name))
            return false;

        return TryAdd(texts.Read(module with { Kind = PickleValueKind.Text }), texts.Read(name with { Kind = PickleValueKind.Text }), found, out full);
    }

    private bool TryImportFromStack(PickleImports found)
    {
        if (!TryPeek(out PickleValue name) || !TryPop(1) || !TryPeek(out PickleValue module) || !TryPop(1))
            return false;

        return TryAdd(texts.Resolve(module), texts.Resolve(name), found, out string full) && TryPush(new PickleValue(IsArrayWrapper(full) ? PickleValueKind.ArrayWrapper : PickleValueKind.Object));
    }

    private bool TryImportExtension(uint code, PickleImports found)
    {
        found.Add("copyreg extension", code.ToString(CultureInfo.InvariantCulture));
        return TryPushObject();
    }

    // A name that the pickle computes is one that somebody hides.
    private bool TryAdd(string? module, string? name, PickleImports found, out string full)
    {
        full = $"{module ?? "?"}.{name ?? "?"}";
        found.Add(module ?? "?", name ?? "?");
        return stream.Problem is null;
    }

    private static bool IsArrayWrapper(string name) => name == "joblib.numpy_pickle.NumpyArrayWrapper";

    private bool TryBuild()
    {
        if (!TryPop(1) || !HasTop())
            return false;

        return stack[count - 1].Kind != PickleValueKind.ArrayWrapper || stream.Fail("the bytes of an array of joblib's stand in the middle of the pickle");
    }

    private bool TryMakeObject()
    {
        if (!TryPop(1) || !TryPeek(out PickleValue type) || !TryPop(1))
            return false;

        return TryPush(type.Kind == PickleValueKind.ArrayWrapper ? type : new PickleValue(PickleValueKind.Object));
    }
}
