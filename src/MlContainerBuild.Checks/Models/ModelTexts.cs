using System.Collections.Immutable;
using System.Text;

using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Models;

/// <summary>Looks for secrets in the texts that a reader comes by, and keeps of each no more than may be shown.</summary>
internal sealed class ModelTexts
{
    private const int MostSecrets = 20;

    // What is named is short; a template or a licence is searched for what proves itself only.
    private const int LongestNamedValue = 4096;
    private const int LongestName = 256;

    private readonly List<ModelSecret> secrets = [];

    public ImmutableArray<ModelSecret> Secrets => [.. secrets];

    /// <summary>Looks at one text.</summary>
    /// <param name="place">What kind of text it is: <c>metadata_props</c>.</param>
    /// <param name="name">Which one of its kind; may be empty.</param>
    /// <param name="value">UTF-8, or anything.</param>
    public void Look(string place, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (secrets.Count >= MostSecrets)
            return;

        IReadOnlyList<SecretMatch> matches = SecretScanner.Scan(value);
        if (matches.Count > 0)
        {
            string text = Encoding.Latin1.GetString(value.Slice(matches[0].Start, matches[0].Length));
            Add(place, Encoding.UTF8.GetString(name), matches[0] with { Start = 0 }, text);
        }
        else if (name.Length is > 0 and <= LongestName && value.Length is > 0 and <= LongestNamedValue)
        {
            string key = Encoding.UTF8.GetString(name);
            if (CredentialName.Judge(key) == CredentialKind.None)
                return;

            string text = Encoding.UTF8.GetString(value);
            if (NamedSecret.Find(key, text) is { } match)
                Add(place, key, match, text);
        }
    }

    private void Add(string place, string name, SecretMatch match, string text)
    {
        string shown = name.Length == 0 ? place : $"{place} {MessageText.Quote(name)}";
        var secret = new ModelSecret(shown, SecretText.Describe(match, text), SecretText.SeverityOf(match, name));
        if (!secrets.Contains(secret))
            secrets.Add(secret);
    }
}
