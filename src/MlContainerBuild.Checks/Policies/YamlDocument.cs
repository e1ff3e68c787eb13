using System.Collections.Immutable;
using System.Globalization;

using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MlContainerBuild.Checks.Policies;

/// <summary>A value of a YAML document and where it stands. Lines and columns start at 1.</summary>
internal abstract record YamlNode(int Line, int Column, int EndLine, int EndColumn);

/// <param name="IsPlain">Written without quotes: only then can it be a number, a truth value or nothing.</param>
internal sealed record YamlScalar(string Text, bool IsPlain, int Line, int Column, int EndLine, int EndColumn)
    : YamlNode(Line, Column, EndLine, EndColumn);

internal sealed record YamlSequence(ImmutableArray<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column, 0, 0);

/// <param name="Entries">In the order of the text, duplicate keys included.</param>
internal sealed record YamlMapping(ImmutableArray<KeyValuePair<YamlNode, YamlNode>> Entries, int Line, int Column) : YamlNode(Line, Column, 0, 0);

/// <summary>Why a text cannot be read.</summary>
internal sealed record YamlError(string Message, string Fix, int Line, int Column);

/// <summary>
/// Reads the part of YAML that a short configuration file needs: one document of plain values. What would let one place
/// of the file change another (anchors, aliases, tags) is refused, and so is what readers of YAML disagree about.
/// </summary>
internal static class YamlDocument
{
    /// <summary>Far beyond any policy; keeps a wrong file from costing time.</summary>
    public const int MaxLength = 256 * 1024;

    private const int MaxDepth = 16;

    public static YamlError TooLarge { get; } = new($"The file is larger than {MaxLength / 1024} KiB.", "Keep only the policy in it.", 1, 1);

    /// <summary>The root, or null with the first error. Both are null for a text without a document.</summary>
    public static (YamlNode? Root, YamlError? Error) Parse(string text)
    {
        if (text.Length > MaxLength)
            return (null, TooLarge);

        text = text.TrimStart('\uFEFF');
        if (FindForbiddenCharacter(text) is { } forbidden)
            return (null, forbidden);

        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return (null, null);

            YamlNode root = ReadNode(parser, depth: 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out _))
                throw Refuse(parser, "The file holds more than one YAML document.", "Keep one, without '---' between.");

            parser.Consume<StreamEnd>();
            return (root, null);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Error);
        }
        catch (Exception defect) when (defect is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser's own way to refuse a few texts, for example the tag in '{!![' (found by trying).
            Mark reached = parser.Current?.End ?? Mark.Empty;
            return (null, new YamlError("The file is not valid YAML after this place.", "", LineOf(reached), ColumnOf(reached)));
        }
        catch (YamlException syntax)
        {
            string reason = syntax.Message.Length == 0 ? "syntax error." : char.ToLowerInvariant(syntax.Message[0]) + syntax.Message[1..];
            return (null, new YamlError($"The file is not valid YAML: {reason}", "", LineOf(syntax.Start), ColumnOf(syntax.Start)));
        }
    }

    // The parser takes U+0000 for the end of the text, and reports a tab in an indentation at another place, or not at all.
    private static YamlError? FindForbiddenCharacter(string text)
    {
        int line = 1, lineStart = 0;
        bool inIndentation = true;
        int tab = -1;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                line++;
                lineStart = i + 1;
                inIndentation = true;
                tab = -1;
            }
            else if (c == '\t')
            {
                if (inIndentation && tab < 0)
                    tab = i;
            }
            else if (char.IsControl(c) && c != '\r')
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");
                return new YamlError($"The file holds the control character {name}.", "Remove it.", line, i - lineStart + 1);
            }
            else if (c is not (' ' or '\r'))
            {
                if (inIndentation && tab >= 0)
                    return new YamlError("The line is indented with a tab.", "Indent with spaces.", line, tab - lineStart + 1);

                inIndentation = false;
            }
        }

        return null;
    }

    private static YamlNode ReadNode(Parser parser, int depth)
    {
        if (parser.Current is AnchorAlias || (parser.Current is NodeEvent { Anchor.IsEmpty: false }))
            throw Refuse(parser, "An anchor or alias is not read here.", "Write the value itself.");

        if (parser.Current is NodeEvent { Tag.IsEmpty: false })
            throw Refuse(parser, "A tag ('!…') is not read here.", "Write the value without it.");

        if (depth > MaxDepth)
            throw Refuse(parser, $"The value is nested more than {MaxDepth} levels deep.", "A policy needs three.");

        switch (parser.Current)
        {
            case SequenceStart sequence:
                parser.MoveNext();
                ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                    items.Add(ReadNode(parser, depth + 1));

                return new YamlSequence(items.DrainToImmutable(), LineOf(sequence.Start), ColumnOf(sequence.Start));

            case MappingStart mapping:
                parser.MoveNext();
                ImmutableArray<KeyValuePair<YamlNode, YamlNode>>.Builder entries = ImmutableArray.CreateBuilder<KeyValuePair<YamlNode, YamlNode>>();
                while (!parser.TryConsume<MappingEnd>(out _))
                    entries.Add(new(ReadNode(parser, depth + 1), ReadNode(parser, depth + 1)));

                return new YamlMapping(entries.DrainToImmutable(), LineOf(mapping.Start), ColumnOf(mapping.Start));

            default:
                Scalar scalar = parser.Consume<Scalar>();
                return new YamlScalar(
                    scalar.Value, scalar.Style == ScalarStyle.Plain, LineOf(scalar.Start), ColumnOf(scalar.Start), LineOf(scalar.End), ColumnOf(scalar.End));
        }
    }

    private static RefusedException Refuse(Parser parser, string message, string fix) =>
        new(new YamlError(message, fix, LineOf(parser.Current!.Start), ColumnOf(parser.Current.Start)));

    private static int LineOf(Mark mark) => (int)Math.Max(mark.Line, 1);

    private static int ColumnOf(Mark mark) => (int)Math.Max(mark.Column, 1);

    // Leaves the recursion; never leaves this file.
    private sealed class RefusedException(YamlError error) : Exception
    {
        public YamlError Error { get; } = error;
    }
}
