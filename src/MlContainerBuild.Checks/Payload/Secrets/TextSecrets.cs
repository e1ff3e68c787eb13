using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Payload.Settings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>The secrets of a text: of its settings by their keys, and of the rest by their form.</summary>
internal static class TextSecrets
{
    /// <param name="path">Relative, with <c>/</c>; says by its end which syntax to expect.</param>
    /// <param name="located">What the engine has found in the bytes.</param>
    public static List<FoundSecret> Find(string path, IReadOnlyList<PublishedSetting> settings, IEnumerable<LocatedSecret> located)
    {
        bool judgesNames = !TranslatedTexts.Are(path, settings);
        var found = new List<FoundSecret>();
        var judged = new HashSet<PublishedSetting>(ReferenceEqualityComparer.Instance);
        foreach (PublishedSetting setting in settings)
        {
            if (SettingSecret.Find(setting, judgesNames) is { } secret)
            {
                found.Add(secret);
                judged.Add(setting);
            }
        }

        foreach (LocatedSecret secret in located)
        {
            PublishedSetting? holder = secret.Position is { } position ? settings.FirstOrDefault(setting => setting.Contains(position)) : null;
            if (holder is null || !judged.Contains(holder) || CredentialFile.IsToldBy(secret.Format.Id))
                found.Add(FromForm(secret, holder?.Path.ToString()));
        }

        return found;
    }

    public static FoundSecret FromForm(LocatedSecret secret, string? key = null) =>
        new(secret.Format.Id, secret.Name, secret.Mask, SeverityOf(secret), secret.Position, key);

    private static Severity SeverityOf(LocatedSecret secret) => secret.Format.Id is "uri-password-local" or "connection-string-local"
        ? Severity.Info
        : secret.Confidence == SecretConfidence.Structural ? Severity.Error : Severity.Warning;
}
