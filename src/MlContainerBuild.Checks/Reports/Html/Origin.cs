using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>Who has set a value.</summary>
internal static class Origin
{
    /// <summary>
    /// Beside a setting, whose row says already which item it is. For what the SDK sets by default, its targets do not tell who did.
    /// </summary>
    public static Markup OfSetting(PublishReport report, ValueSource source) => source switch
    {
        ValueSource.Item { Metadata: not null } => Markup.Of($"<span class=\"origin\">Project</span>"),
        ValueSource.Item { ItemType: "ContainerLabel" or "ContainerAppCommand" } item => Markup.Of($"<span class=\"origin\">Project or .NET SDK</span> <code>{item.ItemType}</code>"),
        ValueSource.Item item => Markup.Of($"<span class=\"origin\">Project</span> <code>{item.ItemType}</code>"),
        ValueSource.Property { Name: "ContainerWorkingDirectory" } property => Markup.Of($"<span class=\"origin\">Project or .NET SDK</span> <code>{property.Name}</code>"),
        _ => Render(report, source),
    };

    public static Markup Render(PublishReport report, ValueSource source) => source switch
    {
        ValueSource.Property property => Markup.Of($"<span class=\"origin\">Project</span> <code>{property.Name}</code>"),
        ValueSource.Item item => Markup.Of($"<span class=\"origin\">Project</span> <code>{item.ItemType} {item.Include}</code>"),
        ValueSource.File file => Markup.Of($"<span class=\"origin\">File</span> <code>{new ReportPaths(report).Shown(file.Span.Path)}</code>"),
        ValueSource.BaseImage { HistoryStep: { } step } => Markup.Of($"<span class=\"origin\">Base image</span> <span class=\"aside\">{Markup.Text(step, 200)}</span>"),
        ValueSource.BaseImage => Markup.Of($"<span class=\"origin\">Base image</span>"),
        _ => Markup.Of($"<span class=\"origin\">.NET SDK</span>"),
    };
}
