using System.Globalization;

namespace MlContainerBuild.Checks.Payload;

/// <summary>Where a notebook holds a text, as its reader counts: the first cell is 1.</summary>
/// <param name="IsOutput">Whether the cell has printed it; else it is written in the cell.</param>
internal sealed record NotebookCell(int Number, bool IsOutput)
{
    /// <summary>"in cell 1 (source)", "in the output of cell 1"</summary>
    public string Place => IsOutput ? $"in the output of cell {Number}" : $"in cell {Number} (source)";

    /// <summary>Null for what is in no cell, such as the metadata.</summary>
    /// <param name="key">The path within the notebook's JSON: <c>cells:0:outputs:0:text:0</c>.</param>
    public static NotebookCell? Of(string? key)
    {
        return key?.Split(':', 4) is ["cells", string cell, ("source" or "outputs") and string part, ..]
            && int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < int.MaxValue
            ? new NotebookCell(index + 1, part == "outputs")
            : null;
    }
}
