namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>Where a setting stands in its file, as .NET's configuration names it: <c>ConnectionStrings:Models</c>, <c>Clients:0:Secret</c>.</summary>
internal sealed record SettingPath(SettingPath? Parent, string Name)
{
    /// <summary>Deeper structures are not read: no configuration is, and hostile ones are.</summary>
    public const int MaxDepth = 64;

    public override string ToString() => Parent is null ? Name : $"{Parent}:{Name}";

    /// <summary>The name of the setting, or of the list that it is an element of.</summary>
    public SettingPath OfName()
    {
        SettingPath path = this;
        while (path.Parent is not null && path.Name.All(char.IsAsciiDigit))
            path = path.Parent;

        return path;
    }
}
