using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>A value in a file, with the path of keys that leads to it.</summary>
/// <param name="Start">Where the value begins, its quote included.</param>
/// <param name="End">Where it has ended.</param>
internal sealed record PublishedSetting(SettingPath Path, string Value, TextPosition Start, TextPosition End)
{
    /// <summary>Whether a place in the file is within the value.</summary>
    public bool Contains(TextPosition position) => !IsBefore(position, Start) && IsBefore(position, End);

    private static bool IsBefore(TextPosition a, TextPosition b) => a.Line < b.Line || (a.Line == b.Line && a.Column < b.Column);
}
