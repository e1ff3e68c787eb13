using System.Globalization;

using MlContainerBuild.Checks.Payload.Settings;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>Recognises files of texts for people, in which <c>"password": "Kennwort"</c> is a label.</summary>
internal static class TranslatedTexts
{
    private const int FewestValues = 8;

    private static readonly HashSet<string> Folders = new(StringComparer.OrdinalIgnoreCase)
    {
        "i18n", "l10n", "lang", "langs", "language", "languages", "locale", "locales", "localization", "translation", "translations", "resources", "strings", "messages",
    };

    /// <param name="path">Relative, with <c>/</c>.</param>
    public static bool Are(string path, IReadOnlyList<PublishedSetting> settings) =>
        path.Split('/')[..^1].Any(Folders.Contains) || IsNamedByLanguage(path) || ArePhrases(settings);

    /// <summary>"de.json", "messages.pt-BR.json", "strings_fr.yaml"</summary>
    private static bool IsNamedByLanguage(string path)
    {
        string[] parts = Path.GetFileNameWithoutExtension(path).Split('.', '_');
        string last = parts[^1];
        if (Path.GetExtension(path) is not (".json" or ".yaml" or ".yml" or ".xml" or ".properties") || last.Length is not (2 or 5 or 7 or 10) || !char.IsAsciiLetter(last[0]))
            return false;

        try
        {
            // Every name of the right form makes a culture; only known ones have another language than their own name.
            var culture = CultureInfo.GetCultureInfo(last, predefinedOnly: true);
            return culture.Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Whether a good part of the values are words with blanks between them, or letters beyond ASCII.</summary>
    private static bool ArePhrases(IReadOnlyList<PublishedSetting> settings)
    {
        if (settings.Count < FewestValues)
            return false;

        int phrases = settings.Count(setting => IsPhrase(setting.Value));
        return phrases * 5 >= settings.Count * 2;
    }

    private static bool IsPhrase(string value) =>
        value.Any(static c => c > 0x7F && char.IsLetter(c)) || (value.Contains(' ', StringComparison.Ordinal) && !value.AsSpan().ContainsAny("=;{}") && char.IsLetter(value[0]));
}
