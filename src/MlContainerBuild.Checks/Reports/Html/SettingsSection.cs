using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>
/// What the process will find: user, command, variables, labels, each with who set it. A value that all platforms share is
/// shown once.
/// </summary>
internal static class SettingsSection
{
    private const int LongestValue = 400;

    public static Markup Render(PublishReport report)
    {
        if (report.Platforms.IsEmpty)
            return Markup.Empty;

        bool isEffective = report.Platforms.All(platform => platform.IsEffective);
        return Markup.Of($"""
            <section id="settings" aria-labelledby="settings-title">
            <h2 id="settings-title">Settings</h2>
            <p class="lead">{(isEffective ? "What a container of this image gets, and who decided it." : "What the project asks for. The base image was not read, so what it adds is not listed.")}</p>
            <table class="stack settings">
            <thead><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col">Set by</th></tr></thead>
            {Body(report, "Process", settings => [.. One("User", settings.User), .. One("Working directory", settings.WorkingDirectory), .. Command(settings), .. settings.Ports.SelectMany(port => One("Port", port with { Value = $"{port.Name}/{port.Value}" }))])}
            {Body(report, "Environment variables", settings => Named(settings.Environment))}
            {Body(report, "Labels", settings => Named(settings.Labels))}
            </table>
            </section>

            """);
    }

    private static Markup Body(PublishReport report, string title, Func<ImageSettings, IEnumerable<Row>> rowsOf)
    {
        // Platforms differ in few values, so rows are compared by what they show.
        var rows = report.Platforms
            .SelectMany(platform => rowsOf(platform.Settings), (platform, row) => (Row: row with { Origin = Origins(report, row) }, platform.RuntimeIdentifier))
            .GroupBy(row => row.Row.Name)
            .SelectMany(name => name.GroupBy(row => (row.Row.Name, row.Row.Value, row.Row.Origin)))
            .Select(same => (same.First().Row, Platforms: same.Select(row => row.RuntimeIdentifier).Distinct().ToArray()))
            .ToList();
        return Markup.If(rows.Count > 0, $"""
            <tbody>
            <tr class="group"><th colspan="3" scope="rowgroup">{title}</th></tr>
            {rows.Select(row => RowMarkup(row.Row, row.Platforms.Length == report.Platforms.Length ? [] : row.Platforms))}
            </tbody>

            """);
    }

    private static Markup RowMarkup(Row row, string[] platforms) => Markup.Of($"""
        <tr><th scope="row">{Markup.If(row.IsOurs, $"{row.Name}")}{Markup.If(!row.IsOurs, $"<code>{Markup.Text(row.Name, LongestValue)}</code>")}{platforms.Select(platform => Markup.Of($" <span class=\"chip\">{platform}</span>"))}</th>
        <td><code>{Markup.Text(row.Value, LongestValue)}</code>{Markup.If(row.IsHidden, $" <span class=\"chip\">hidden</span>")}{Markup.If(row.Value.Length == 0, $"<em>empty</em>")}</td>
        <td>{Markup.Trusted(row.Origin)}</td></tr>

        """);

    private static IEnumerable<Row> One(string name, Setting? setting) => setting is null ? [] : [new Row(name, setting.Value, [setting.Source]) { IsOurs = true }];

    private static IEnumerable<Row> Command(ImageSettings settings)
    {
        if (!settings.Command.IsEmpty)
            yield return new Row("Command", string.Join(' ', settings.Command.Select(part => Quote(part.Value))), [.. settings.Command.Select(part => part.Source)]) { IsOurs = true };
    }

    private static IEnumerable<Row> Named(IEnumerable<Setting> settings) =>
        settings.OrderBy(setting => setting.Name, StringComparer.Ordinal).Select(Named);

    /// <summary>
    /// A page that is passed around is stricter than a rule, which must not cry wolf: whatever stands under the name of a
    /// credential is hidden, whether it looks like one or not.
    /// </summary>
    private static Row Named(Setting setting)
    {
        bool isNamedSo = CredentialName.Judge(setting.Name) is CredentialKind.Password or CredentialKind.Key && setting.Value.Length > 0;
        bool isHidden = isNamedSo || NamedSecret.Find(setting.Name, setting.Value) is not null;
        return new Row(SecretMask.Redact(setting.Name), isHidden ? SecretMask.Mask(setting.Value) : setting.Value, [setting.Source]) { IsHidden = isHidden };
    }

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.AsSpan().IndexOfAny(" \t\n\"'") < 0 ? argument : $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Origins(PublishReport report, Row row) =>
        string.Join("<br />", row.Sources.Select(source => Origin.OfSetting(report, source).ToString()).Distinct());

    /// <param name="Name">Of the setting, or ours.</param>
    private sealed record Row(string Name, string Value, IReadOnlyList<ValueSource> Sources)
    {
        /// <summary>Whether the name is a word of this page.</summary>
        public bool IsOurs { get; init; }

        public bool IsHidden { get; init; }

        /// <summary>Markup.</summary>
        public string Origin { get; init; } = "";
    }
}
