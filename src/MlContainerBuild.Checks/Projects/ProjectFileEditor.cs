using System.Xml.Linq;

namespace MlContainerBuild.Checks.Projects;

/// <summary>
/// Sets one property in the bytes of an MSBuild file and changes not one other byte: line ends, tabs, attributes over several
/// lines, comments, quotes and the byte order mark stay as somebody wrote them. (MSBuild's own writer reformats them.)
/// The result is parsed again and compared with the original before it is handed out.
/// </summary>
public static class ProjectFileEditor
{
    /// <summary>Replaces the value of the property element that begins at a place, such as MSBuild's evaluation names.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="line">Line of the element's <c>&lt;</c>, from 1.</param>
    /// <param name="column">Its column, from 1.</param>
    /// <param name="value">The new value as MSBuild reads it: what it expands or unescapes, it will.</param>
    public static ProjectEdit Replace(ReadOnlyMemory<byte> file, string property, int line, int column, string value)
    {
        if (!ProjectText.TryRead(file, out ProjectText? original, out string reason))
        {
            return new ProjectEdit.Refused(reason);
        }

        XElement? element = original.Document.Descendants().FirstOrDefault(candidate => ProjectText.PlaceOf(candidate) == (line, column));
        if (element is null || !element.Name.LocalName.Equals(property, StringComparison.OrdinalIgnoreCase))
        {
            return new ProjectEdit.Refused($"there is no <{property}> at line {line}, column {column}: it has changed meanwhile");
        }

        if (element.Nodes().Any(node => node is not XText))
        {
            return new ProjectEdit.Refused($"the value of <{property}> in line {line} holds more than text");
        }

        if (element.Value.Contains("$(", StringComparison.Ordinal))
        {
            return new ProjectEdit.Refused($"the value of <{property}> in line {line} is made of other properties");
        }

        if (element.Value == value)
        {
            return new ProjectEdit.Unchanged();
        }

        byte[] edited = ReplaceContent(original, element, new XText(value).ToString());
        element.ReplaceNodes(value);
        return Confirm(edited, original.Document, element);
    }

    /// <summary>
    /// Adds a property after the last one of the project's first unconditioned group, laid out as its neighbours are; in a group
    /// of its own at the end of the file where there is none.
    /// </summary>
    /// <param name="condition">The property's condition; null for none.</param>
    public static ProjectEdit Insert(ReadOnlyMemory<byte> file, string property, string value, string? condition)
    {
        if (!ProjectText.TryRead(file, out ProjectText? original, out string reason))
        {
            return new ProjectEdit.Refused(reason);
        }

        XElement project = original.Document.Root!;
        XElement? group = project.Elements().FirstOrDefault(IsUnconditionedGroup);
        XAttribute? attribute = condition is null ? null : new XAttribute("Condition", condition);
        string text = $"<{property}{(attribute is null ? "" : " " + attribute)}>{new XText(value)}</{property}>";
        byte[] edited;
        if (group is not null)
        {
            edited = Append(original, group, SeparatorIn(original, group) + text);
        }
        else
        {
            string separator = SeparatorIn(original, project);
            string inner = separator + separator.AsSpan()[(separator.LastIndexOf('\n') + 1)..].ToString();
            edited = Append(original, project, $"{separator}<PropertyGroup>{inner}{text}{separator}</PropertyGroup>");
            group = new XElement(project.Name.Namespace + "PropertyGroup");
            project.Add(group);
        }

        var element = new XElement(group.Name.Namespace + property, attribute, value);
        group.Add(element);
        return Confirm(edited, original.Document, element);
    }

    private static bool IsUnconditionedGroup(XElement element) =>
        element.Name.LocalName == "PropertyGroup" && element.Attribute("Condition") is null && element.HasElements;

    private static byte[] ReplaceContent(ProjectText file, XElement element, string content)
    {
        int start = StartTagOf(file, element);
        int tagEnd = ProjectTag.End(file.Text, start);
        int endTag = file.EndTagOf(element);
        return endTag >= 0
            ? file.Splice(tagEnd + 1, endTag, content)
            : file.Splice(EmptyTagEnd(file.Text, tagEnd), tagEnd + 1, $">{content}</{element.Name.LocalName}>");
    }

    /// <summary>Puts text behind the last content of an element, before the white space that leads to its end tag.</summary>
    private static byte[] Append(ProjectText file, XElement element, string content)
    {
        int endTag = file.EndTagOf(element);
        if (endTag < 0)
        {
            int start = StartTagOf(file, element);
            int tagEnd = ProjectTag.End(file.Text, start);
            return file.Splice(EmptyTagEnd(file.Text, tagEnd), tagEnd + 1, $">{content}{LineEndOf(file.Text)}</{element.Name.LocalName}>");
        }

        int end = endTag - WhiteSpaceBefore(file.Text, endTag).Length;
        bool isAlone = !element.HasElements && end == endTag;
        return file.Splice(end, end, isAlone ? content + LineEndOf(file.Text) : content);
    }

    /// <summary>The white space that stands before a child of an element: with its line end, where any child begins a line.</summary>
    private static string SeparatorIn(ProjectText file, XElement element)
    {
        string separator = element.HasElements ? "" : LineEndOf(file.Text) + "  ";
        foreach (XElement child in element.Elements())
        {
            ReadOnlySpan<char> before = WhiteSpaceBefore(file.Text, StartTagOf(file, child));
            int lineEnd = before.LastIndexOf('\n');
            if (lineEnd >= 0)
            {
                separator = before[(lineEnd > 0 && before[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd)..].ToString();
            }
            else if (!separator.Contains('\n', StringComparison.Ordinal))
            {
                separator = before.ToString();
            }
        }

        return separator;
    }

    private static string LineEndOf(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private static ReadOnlySpan<char> WhiteSpaceBefore(string text, int offset)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, offset);
        return before[before.TrimEnd(" \t\r\n").Length..];
    }

    private static int StartTagOf(ProjectText file, XElement element)
    {
        (int line, int column) = ProjectText.PlaceOf(element);
        return file.OffsetOf(line, column);
    }

    // `<Name />`: from the white space on, what `>…</Name>` takes the place of.
    private static int EmptyTagEnd(string text, int tagEnd) => tagEnd - 1 - WhiteSpaceBefore(text, tagEnd - 1).Length;

    /// <summary>Hands out the edited bytes only if they parse to what was meant, and nothing else.</summary>
    private static ProjectEdit Confirm(byte[] edited, XDocument expected, XElement element)
    {
        int index = expected.Descendants().TakeWhile(candidate => candidate != element).Count();
        if (!ProjectText.TryRead(edited, out ProjectText? result, out _) || !XNode.DeepEquals(result.Document, expected))
        {
            return new ProjectEdit.Refused("its layout is one that this edit does not understand");
        }

        (int line, int column) = ProjectText.PlaceOf(result.Document.Descendants().ElementAt(index));
        return new ProjectEdit.Changed(edited, line, column);
    }
}
