using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>
/// Collects the settings of a tree that a reader walks. An object such as <c>{ "name": "DB_PASSWORD", "value": "…" }</c> is read as
/// what it says: a setting of that name.
/// </summary>
internal sealed class SettingsBuilder
{
    private readonly Stack<Level> levels = new();

    /// <summary>In the order of the file.</summary>
    public List<PublishedSetting> Settings { get; } = [];

    public int Depth => levels.Count;

    /// <summary>The key that the next value or level belongs to; without one it is an element of a list.</summary>
    public string? Key { get; set; }

    public void Enter() => levels.Push(new Level(levels.Count == 0 ? null : TakePath()));

    public void Leave()
    {
        levels.Pop();
        Key = null;
    }

    public void Add(string value, TextPosition start, TextPosition end)
    {
        if (levels.Count == 0)
            return;

        Level level = levels.Peek();
        if (Key is { } key && key.ToUpperInvariant() is "NAME" or "KEY")
            level.Label = value;

        // "- HF_TOKEN=…" of a list of variables, "- --api-key=…" of arguments.
        if (Key is null && NameOf(value) is { } variable)
        {
            TakePath();
            Settings.Add(new PublishedSetting(new SettingPath(level.Path, variable), value[(value.IndexOf('=') + 1)..], start, end));
            return;
        }

        bool isLabelled = level.Label is not null && string.Equals(Key, "value", StringComparison.OrdinalIgnoreCase);
        SettingPath path = isLabelled ? new SettingPath(level.Path, level.Label!) : TakePath();
        Key = null;
        Settings.Add(new PublishedSetting(path, value, start, end));
    }

    private static string? NameOf(string element)
    {
        int equals = element.IndexOf('=');

        // Base64 ends so.
        bool isPadding = equals <= 0 || equals + 2 >= element.Length || element[equals + 1] == '=';
        string name = isPadding ? "" : element[..equals].TrimStart('-');
        return name.Length > 1 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? name : null;
    }

    /// <summary>Passes over a value that is no text.</summary>
    public void Skip() => TakePath();

    private SettingPath TakePath()
    {
        Level level = levels.Peek();
        string name = Key ?? (level.Count++).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Key = null;
        return new SettingPath(level.Path, name);
    }

    private sealed class Level(SettingPath? path)
    {
        public SettingPath? Path { get; } = path;

        public int Count { get; set; }

        public string? Label { get; set; }
    }
}
