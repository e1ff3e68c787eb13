namespace MlContainerBuild.Checks.Projects;

/// <summary>What became of an attempt to set a property in the bytes of a project file.</summary>
public abstract record ProjectEdit
{
    private ProjectEdit()
    {
    }

    /// <summary>The file's new bytes, and where the property's element begins in them.</summary>
    /// <param name="Line">From 1.</param>
    /// <param name="Column">From 1, in UTF-16 code units as MSBuild counts.</param>
    public sealed record Changed(ReadOnlyMemory<byte> Bytes, int Line, int Column) : ProjectEdit;

    /// <summary>The file says it already.</summary>
    public sealed record Unchanged : ProjectEdit;

    /// <summary>The edit cannot be made without touching what is not ours to touch.</summary>
    /// <param name="Reason">As the end of "cannot be edited: …"; no full stop.</param>
    public sealed record Refused(string Reason) : ProjectEdit;
}
