namespace MlContainerBuild.Checks.Findings;

/// <summary>A place in a file. Lines and columns start at 1; 0 means unknown. The end is exclusive in columns.</summary>
/// <param name="Path">Absolute path of the file.</param>
public sealed record SourceSpan(string Path, int Line = 0, int Column = 0, int EndLine = 0, int EndColumn = 0)
{
    public override string ToString() => Line == 0 ? Path : $"{Path}({Line},{Column})";
}
