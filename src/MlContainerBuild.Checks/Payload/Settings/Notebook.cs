namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>
/// The texts of a Jupyter notebook: its cells' code and what running them has printed. A line of code is an element of a list, so an
/// assignment in it is read from the element and shown where that stands.
/// </summary>
internal static class Notebook
{
    public static List<PublishedSetting> Read(string text)
    {
        var settings = new List<PublishedSetting>();
        foreach (PublishedSetting element in JsonSettings.Read(text))
        {
            settings.Add(element);
            if (element.Path.OfName().Name != "source")
                continue;

            settings.AddRange(ScriptSettings.ReadCode(element.Value)
                .Select(assignment => new PublishedSetting(new SettingPath(element.Path.OfName(), assignment.Path.Name), assignment.Value, element.Start, element.End)));
        }

        return settings;
    }
}
