using System.Xml.Linq;

namespace MlContainerBuild.Checks.Projects;

/// <summary>
/// Sets metadata of items in the bytes of an MSBuild file and changes not one other byte, as <see cref="ProjectFileEditor"/> does
/// for properties. All changes are made at once, or none.
/// </summary>
public static class ProjectItemEditor
{
    /// <summary>Applies changes to the whole file.</summary>
    /// <param name="edits">At least one; added elements stand in their order.</param>
    /// <returns>The place of <see cref="ProjectEdit.Changed"/> is that of the first changed element.</returns>
    public static ProjectEdit Apply(ReadOnlyMemory<byte> file, IReadOnlyList<ProjectItemEdit> edits)
    {
        if (!ProjectText.TryRead(file, out ProjectText? original, out string reason))
            return new ProjectEdit.Refused(reason);

        // Places are looked up before anything moves.
        Dictionary<(int, int), XElement> elements = original.Document.Descendants().ToDictionary(ProjectText.PlaceOf);
        var splices = new List<(int Start, int End, string Text)>();
        var changes = new List<Action>();
        foreach (ProjectItemEdit edit in edits)
        {
            string? refusal = edit switch
            {
                ProjectItemEdit.SetAttribute set => Plan(original, elements.GetValueOrDefault((set.Line, set.Column)), set, splices, changes),
                ProjectItemEdit.SetElement set => Plan(original, elements.GetValueOrDefault((set.Line, set.Column)), set, splices, changes),
                ProjectItemEdit.AddUpdate add => Plan(original, elements.GetValueOrDefault((add.Line, add.Column)), add, splices, changes),
                _ => null,
            };
            if (refusal is not null)
                return new ProjectEdit.Refused(refusal);
        }

        byte[] edited = original.Splice(splices);
        changes.ForEach(change => change());
        if (!ProjectText.TryRead(edited, out ProjectText? result, out _) || !XNode.DeepEquals(result.Document, original.Document))
            return new ProjectEdit.Refused("its layout is one that this edit does not understand");

        return edited.AsSpan().SequenceEqual(file.Span) ? new ProjectEdit.Unchanged() : new ProjectEdit.Changed(edited, Line(edits[0]), Column(edits[0]));
    }

    private static string? Plan(ProjectText file, XElement? item, ProjectItemEdit.SetAttribute edit, List<(int, int, string)> splices, List<Action> changes)
    {
        if (item is null)
            return Moved(edit.Line, edit.Column);

        XAttribute? attribute = item.Attributes().FirstOrDefault(candidate => candidate.Name.LocalName.Equals(edit.Name, StringComparison.OrdinalIgnoreCase));
        if (attribute?.Value.Contains("$(", StringComparison.Ordinal) == true)
            return $"{edit.Name} in line {edit.Line} is made of properties";

        int start = file.OffsetOf(edit.Line, edit.Column);
        string text = new XAttribute(attribute?.Name ?? edit.Name, edit.Value).ToString();
        splices.Add(attribute is not null && ProjectTag.Attribute(file.Text, start, attribute.Name.LocalName) is (int from, int to) ? (from, to, text) : At(ProjectTag.AttributesEnd(file.Text, start), " " + text));
        changes.Add(() => item.SetAttributeValue(attribute?.Name ?? edit.Name, edit.Value));
        return null;
    }

    private static string? Plan(ProjectText file, XElement? metadata, ProjectItemEdit.SetElement edit, List<(int, int, string)> splices, List<Action> changes)
    {
        if (metadata is null)
            return Moved(edit.Line, edit.Column);

        int endTag = file.EndTagOf(metadata);
        if (endTag < 0 || metadata.Nodes().Any(node => node is not XText) || metadata.Value.Contains("$(", StringComparison.Ordinal))
            return $"<{metadata.Name.LocalName}> in line {edit.Line} holds more than text";

        splices.Add((ProjectTag.End(file.Text, file.OffsetOf(edit.Line, edit.Column)) + 1, endTag, new XText(edit.Value).ToString()));
        changes.Add(() => metadata.ReplaceNodes(edit.Value));
        return null;
    }

    private static string? Plan(ProjectText file, XElement? item, ProjectItemEdit.AddUpdate edit, List<(int, int, string)> splices, List<Action> changes)
    {
        if (item?.Parent is not { } group)
            return Moved(edit.Line, edit.Column);

        XElement last = group.Elements(item.Name).Last();
        (int line, int column) = ProjectText.PlaceOf(last);
        int start = file.OffsetOf(line, column);
        int endTag = file.EndTagOf(last);
        int end = ProjectTag.End(file.Text, endTag < 0 ? start : endTag) + 1;
        var update = new XAttribute("Update", edit.Path);
        var value = new XAttribute(edit.Name, edit.Value);
        splices.Add(At(end, $"{ProjectTag.Indentation(file.Text, start)}<{item.Name.LocalName} {update} {value} />"));
        changes.Add(() => group.Elements(item.Name).Last().AddAfterSelf(new XElement(item.Name, update, value)));
        return null;
    }

    private static (int, int, string) At(int offset, string text) => (offset, offset, text);

    private static string Moved(int line, int column) => $"there is no such item at line {line}, column {column}: it has changed meanwhile";

    private static int Line(ProjectItemEdit edit) => edit switch
    {
        ProjectItemEdit.SetAttribute set => set.Line,
        ProjectItemEdit.SetElement set => set.Line,
        ProjectItemEdit.AddUpdate add => add.Line,
        _ => 0,
    };

    private static int Column(ProjectItemEdit edit) => edit switch
    {
        ProjectItemEdit.SetAttribute set => set.Column,
        ProjectItemEdit.SetElement set => set.Column,
        ProjectItemEdit.AddUpdate add => add.Column,
        _ => 0,
    };
}
