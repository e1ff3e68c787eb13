using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3040. For several platforms the SDK hands labels, variables, ports, tags and the repository to each inner build in one
/// string: cut at <c>;</c>, what follows becomes a property of that build; cut at <c>:</c>, it is lost; <c>%3B</c> counts as
/// <c>;</c>. The gate carries labels and variables past that; the rest it cannot repair.
/// </summary>
internal sealed class MultiPlatformDamageRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3040");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        ContainerIntent intent = subject.Intent;
        if (!intent.IsMultiPlatform)
        {
            return [];
        }

        return
        [
            .. Repaired("label", intent.Settings.Labels),
            .. Repaired("variable", intent.Settings.Environment),
            .. Damaged("port", intent.Settings.Ports.Where(IsDamaged)),
            .. Damaged("image tag", intent.Tags.Where(IsSplit)),
            .. Damaged("repository", new[] { intent.Repository }.OfType<Setting>().Where(IsSplit)),
            .. Damaged("registry", new[] { intent.Registry }.OfType<Setting>().Where(IsSplit)),
        ];
    }

    /// <summary>Whether name and value, joined by <c>:</c>, would not come out as they went in.</summary>
    public static bool IsDamaged(Setting setting) => IsCut(setting.Name) || IsCut(setting.Value);

    // The SDK's own labels (created, base.name) are repaired as well, but nobody has anything to learn from that.
    private IEnumerable<Finding> Repaired(string kind, IEnumerable<Setting> settings) =>
        from setting in settings
        where setting.Source.IsOwn() && IsDamaged(setting)
        select new Finding(
            Rule,
            $"The {kind} {MessageText.Quote(setting.Name)} contains ';', ':' or '%', where the SDK would cut it in a publish for several platforms; MlContainerBuild hands it over whole.",
            "Nothing to do; without MlContainerBuild the image would differ.",
            setting.Source);

    private IEnumerable<Finding> Damaged(string kind, IEnumerable<Setting> settings) =>
        from setting in settings
        select new Finding(
            Rule,
            $"The {kind} {MessageText.Quote(setting.Name == setting.Value || kind != "port" ? setting.Value : setting.Name)} contains a separator of MSBuild: in a publish for several platforms the SDK would cut it there and take the rest for properties of the build, such as ContainerUser.",
            $"Remove ';', ':' and '%' from the {kind}; use one item for each port or tag.",
            setting.Source)
        {
            Severity = Severity.Error,
        };

    private static bool IsCut(string text) => text.Contains(':', StringComparison.Ordinal) || IsSplit(text);

    private static bool IsSplit(Setting setting) => IsSplit(setting.Value);

    /// <summary>
    /// Whether the text would end a property and begin another. <c>%</c> and two hexadecimal digits is MSBuild's escape; any of
    /// them is undone on the way.
    /// </summary>
    internal static bool IsSplit(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == ';' || (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2])))
            {
                return true;
            }
        }

        return false;
    }
}
