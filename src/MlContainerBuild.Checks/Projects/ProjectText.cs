using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MlContainerBuild.Checks.Projects;

/// <summary>
/// An MSBuild file as text, as XML, and as the bytes behind both, so that an edit leaves every other byte alone.
/// </summary>
internal sealed class ProjectText
{
    // Far beyond any project; they keep a hostile file from exhausting memory or, compared recursively, the stack.
    private const int MaxBytes = 16 * 1024 * 1024;
    private const int MaxDepth = 64;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly Encoding encoding;
    private readonly int preambleLength;
    private readonly Dictionary<(int Line, int Column), (int Line, int Column)> endTags;

    private ProjectText(
        ReadOnlyMemory<byte> bytes, Encoding encoding, int preambleLength, string text, XDocument document, Dictionary<(int, int), (int, int)> endTags)
    {
        this.bytes = bytes;
        this.encoding = encoding;
        this.preambleLength = preambleLength;
        this.endTags = endTags;
        Text = text;
        Document = document;
    }

    /// <summary>The file without its byte order mark.</summary>
    public string Text { get; }

    /// <summary>The same with line information, and without the white space between elements.</summary>
    public XDocument Document { get; }

    /// <summary>False with the reason, as the end of "cannot be edited: …", for what no edit would be safe in.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ProjectText? file, out string reason)
    {
        file = null;
        if (bytes.Length > MaxBytes)
        {
            reason = $"it is larger than {MaxBytes / 1024 / 1024} MiB";
            return false;
        }

        if (!TryDecode(bytes.Span, out Encoding encoding, out int preambleLength, out string text))
        {
            reason = "it is neither UTF-8 nor UTF-16";
            return false;
        }

        var endTags = new Dictionary<(int, int), (int, int)>();
        if (!TryParse(text, endTags, out XDocument? document, out reason))
        {
            return false;
        }

        file = new ProjectText(bytes, encoding, preambleLength, text, document, endTags);
        return true;
    }

    /// <summary>Where an element's <c>&lt;</c> stands, line and column from 1.</summary>
    public static (int Line, int Column) PlaceOf(XElement element)
    {
        // The line information is that of the name.
        IXmlLineInfo name = element;
        return (name.LineNumber, name.LinePosition - 1);
    }

    /// <summary>The offset of an element's <c>&lt;/</c>; -1 for an empty tag.</summary>
    public int EndTagOf(XElement element) => endTags.TryGetValue(PlaceOf(element), out (int Line, int Column) place) ? OffsetOf(place.Line, place.Column) : -1;

    /// <summary>The character at a place as <see cref="IXmlLineInfo"/> and MSBuild count; -1 when there is none.</summary>
    public int OffsetOf(int line, int column)
    {
        int start = 0;
        for (int current = 1; current < line; current++)
        {
            int end = Text.AsSpan(start).IndexOfAny('\r', '\n');
            if (end < 0)
            {
                return -1;
            }

            start += end;
            start += Text[start] == '\r' && start + 1 < Text.Length && Text[start + 1] == '\n' ? 2 : 1;
        }

        int offset = start + column - 1;
        return column > 0 && offset < Text.Length ? offset : -1;
    }

    /// <summary>The file's bytes with the characters from <paramref name="start"/> to <paramref name="end"/> replaced.</summary>
    public byte[] Splice(int start, int end, string replacement)
    {
        int byteStart = preambleLength + encoding.GetByteCount(Text.AsSpan(0, start));
        int byteEnd = byteStart + encoding.GetByteCount(Text.AsSpan(start, end - start));
        return [.. bytes.Span[..byteStart], .. encoding.GetBytes(replacement), .. bytes.Span[byteEnd..]];
    }

    /// <summary>The same for several places that do not overlap. What is put at one place stands in the order of the list.</summary>
    public byte[] Splice(IReadOnlyList<(int Start, int End, string Text)> replacements)
    {
        var edited = new StringBuilder();
        int next = 0;
        foreach ((int start, int end, string text) in replacements.OrderBy(replacement => replacement.Start))
        {
            edited.Append(Text, next, start - next).Append(text);
            next = end;
        }

        edited.Append(Text, next, Text.Length - next);
        return [.. bytes.Span[..preambleLength], .. encoding.GetBytes(edited.ToString())];
    }

    // As MSBuild does: a byte order mark decides, the XML declaration does not. Where there is no mark and no valid UTF-8, some
    // comment in an old code page is the likely reason: a character for each byte keeps it as it is.
    private static bool TryDecode(ReadOnlySpan<byte> bytes, out Encoding encoding, out int preambleLength, out string text)
    {
        (encoding, preambleLength) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (StrictUtf8, 3),
            [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), 2),
            _ => ((Encoding)StrictUtf8, 0),
        };
        text = "";
        if (encoding == Encoding.UTF32)
        {
            return false;
        }

        try
        {
            text = encoding.GetString(bytes[preambleLength..]);
            return true;
        }
        catch (DecoderFallbackException) when (preambleLength == 0)
        {
            encoding = Encoding.Latin1;
            text = encoding.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool TryParse(string text, Dictionary<(int, int), (int, int)> endTags, [NotNullWhen(true)] out XDocument? document, out string reason)
    {
        // A document type could define entities: what an element's text means would then stand elsewhere.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true };
        document = null;
        try
        {
            using (XmlReader reader = XmlReader.Create(new StringReader(text), settings))
            {
                var place = (IXmlLineInfo)reader;
                var open = new Stack<(int, int)>();
                while (reader.Read())
                {
                    if (reader.Depth > MaxDepth)
                    {
                        reason = $"its elements are nested deeper than {MaxDepth} levels";
                        return false;
                    }

                    if (reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement)
                    {
                        open.Push((place.LineNumber, place.LinePosition - 1));
                    }
                    else if (reader.NodeType == XmlNodeType.EndElement)
                    {
                        endTags[open.Pop()] = (place.LineNumber, place.LinePosition - 2);
                    }
                }
            }

            using (XmlReader reader = XmlReader.Create(new StringReader(text), settings))
            {
                document = XDocument.Load(reader, LoadOptions.SetLineInfo);
            }

            reason = "";
            return true;
        }
        catch (XmlException e)
        {
            reason = $"it is no XML that can be read without a document type (line {e.LineNumber})";
            return false;
        }
    }
}
