using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images;

/// <summary>A named value of the image and what set it.</summary>
/// <param name="Name">Variable, label or argument position; as written.</param>
/// <param name="Value">The value as the image will carry it. May be a secret: never show it, see <c>SecretMask</c>.</param>
public sealed record Setting(string Name, string Value, ValueSource Source);

/// <summary>
/// What the runtime will see of an image: at the intent moment what the project sets, at the rehearsal the effective
/// configuration with the base image's values merged in. Rules judge both alike.
/// </summary>
public sealed record ImageSettings
{
    /// <summary>
    /// Null when nothing sets it so far. The name is <c>ContainerUser</c> where the project sets it, <c>USER</c> where the base
    /// image does, and <c>APP_UID</c> where that variable of the merged environment decided.
    /// </summary>
    public Setting? User { get; init; }

    public Setting? WorkingDirectory { get; init; }

    public ImmutableArray<Setting> Environment { get; init; } = [];

    public ImmutableArray<Setting> Labels { get; init; } = [];

    /// <summary>Name is the port number, value the protocol.</summary>
    public ImmutableArray<Setting> Ports { get; init; } = [];

    /// <summary>Entrypoint, command and their arguments, in the order the process gets them.</summary>
    public ImmutableArray<Setting> Command { get; init; } = [];

    /// <summary>The value of a variable, or null. Names are case-sensitive, as on Linux; the last one wins, as in OCI.</summary>
    public Setting? Variable(string name) => Environment.LastOrDefault(variable => variable.Name == name);
}

/// <summary>What a runtime makes of names that are given more than once.</summary>
public static class SettingList
{
    /// <summary>For each name the last setting, which is the one that counts; in the order of the list.</summary>
    public static IEnumerable<Setting> LastOfEachName(this ImmutableArray<Setting> settings)
    {
        var last = new Dictionary<string, Setting>(StringComparer.Ordinal);
        foreach (Setting setting in settings)
        {
            last[setting.Name] = setting;
        }

        return settings.Where(setting => ReferenceEquals(last[setting.Name], setting));
    }
}
