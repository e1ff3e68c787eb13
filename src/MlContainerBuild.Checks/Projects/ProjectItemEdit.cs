namespace MlContainerBuild.Checks.Projects;

/// <summary>One change to the items of a project file. Places are those of an element's <c>&lt;</c>, from 1.</summary>
public abstract record ProjectItemEdit
{
    private ProjectItemEdit()
    {
    }

    /// <summary>Gives the item element at a place a metadatum as an attribute: a new value, or the attribute itself.</summary>
    public sealed record SetAttribute(int Line, int Column, string Name, string Value) : ProjectItemEdit;

    /// <summary>Replaces the text of the metadata element at a place.</summary>
    public sealed record SetElement(int Line, int Column, string Value) : ProjectItemEdit;

    /// <summary>
    /// Adds an element of the same type, with <c>Update</c> and one metadatum, behind the last of that type in the group of the
    /// item element at a place.
    /// </summary>
    public sealed record AddUpdate(int Line, int Column, string Path, string Name, string Value) : ProjectItemEdit;
}
