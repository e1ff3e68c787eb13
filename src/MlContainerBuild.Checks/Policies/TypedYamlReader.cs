using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Policies;

/// <summary>Takes values of the expected types out of a YAML tree and collects an MLC9001 for everything else.</summary>
internal sealed class TypedYamlReader(string path)
{
    // A file of another kind has an error on every line; fifty tell as much as a thousand.
    private const int MaxFindings = 50;

    private readonly List<Finding> findings = [];

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<Finding> Findings => [.. findings.OrderBy(finding => finding.Span!.Line).ThenBy(finding => finding.Span!.Column)];

    public SourceSpan SpanOf(YamlNode node) => new(path, node.Line, node.Column, node.EndLine, node.EndColumn);

    public void Report(YamlNode node, string message, string fix)
    {
        if (findings.Count < MaxFindings)
            findings.Add(new Finding(RuleCatalog.Get("MLC9001"), message, fix, new ValueSource.File(SpanOf(node))));
    }

    /// <summary>The entries of a mapping whose keys are fixed.</summary>
    public IEnumerable<(YamlScalar Key, YamlNode Value)> Entries(YamlNode node, string what, ImmutableArray<string> keys)
    {
        foreach ((YamlScalar key, YamlNode value) in Entries(node, what))
        {
            if (keys.Contains(key.Text))
                yield return (key, value);
            else
                Report(key, $"{what} has no key {Quote(key)}.", Suggest(key.Text, keys) ?? $"Valid keys are {string.Join(", ", keys)}.");
        }
    }

    /// <summary>The entries of a mapping; of a repeated key the first.</summary>
    public IEnumerable<(YamlScalar Key, YamlNode Value)> Entries(YamlNode node, string what)
    {
        if (node is not YamlMapping mapping)
        {
            Report(node, $"{what} is {KindOf(node)}, not a mapping.", IsNothing(node) ? "Write its keys, or remove the line." : "Write lines of 'key: value'.");
            yield break;
        }

        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((YamlNode keyNode, YamlNode value) in mapping.Entries)
        {
            if (findings.Count >= MaxFindings)
                yield break;

            if (keyNode is not YamlScalar key)
                Report(keyNode, $"A key here is {KindOf(keyNode)}.", "Write a word.");
            else if (key is { Text: "<<", IsPlain: true })
                Report(key, "A merge key ('<<') is not read here.", "Write the entries themselves.");
            else if (lines.TryAdd(key.Text, key.Line))
                yield return (key, value);
            else
                Report(key, string.Create(CultureInfo.InvariantCulture, $"The key {Quote(key)} stands here again; the first is on line {lines[key.Text]}."), "Keep one of them.");
        }
    }

    public ImmutableArray<YamlNode> Items(YamlNode node, string what)
    {
        if (node is YamlSequence sequence)
            return sequence.Items;

        Report(node, $"{what} is {KindOf(node)}, not a list.", IsNothing(node) ? "Write '[]', or remove the line." : "Begin each item with '- ', on a line of its own.");
        return [];
    }

    public string? Text(YamlNode node, string what)
    {
        if (node is YamlScalar scalar && YamlCoreSchema.KindOf(scalar) == YamlScalarKind.String)
            return scalar.Text;

        string fix = node is not YamlScalar ? "" : IsNothing(node) ? "Write the value, or remove the line." : "Put it between quotes if it is meant as text.";
        Report(node, $"{what} is {KindOf(node)}, not a text.", fix);
        return null;
    }

    public double? WholeNumber(YamlNode node, string what)
    {
        if (node is YamlScalar { IsPlain: true } scalar && YamlCoreSchema.NumberOf(scalar.Text) is { } number && double.IsInteger(number))
            return number;

        string fix = node is YamlScalar { IsPlain: false } ? "Write the number without quotes." : "";
        Report(node, $"{what} is {(node is YamlScalar ? Quote(node) : KindOf(node))}, not a whole number.", fix);
        return null;
    }

    /// <summary>The meaning of one of a few words.</summary>
    public T? Word<T>(YamlNode node, string what, FrozenDictionary<string, T> words)
        where T : struct
    {
        if (Text(node, what) is not { } text)
            return null;

        if (words.TryGetValue(text, out T value))
            return value;

        Report(node, $"{what} is {Quote(node)}.", Suggest(text, words.Keys) ?? $"Write one of {string.Join(", ", words.Keys.Order(StringComparer.Ordinal))}.");
        return null;
    }

    public static string? Suggest(string text, IEnumerable<string> candidates) =>
        Spelling.Nearest(text, candidates) is { } nearest ? $"Did you mean '{nearest}'?" : null;

    /// <summary>The text of a scalar for a message: one line, and not all of it when it is long.</summary>
    public static string Quote(YamlNode node)
    {
        const int maxLength = 60;
        string text = node is YamlScalar scalar ? scalar.Text : KindOf(node);
        string shown = text.Length > maxLength ? text[..maxLength] + "…" : text;
        return "'" + string.Create(shown.Length, shown, (line, source) =>
        {
            for (int i = 0; i < line.Length; i++)
                line[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '\uFFFD' : source[i];
        }) + "'";
    }

    private static bool IsNothing(YamlNode node) => node is YamlScalar scalar && YamlCoreSchema.KindOf(scalar) == YamlScalarKind.Null;

    private static string KindOf(YamlNode node) => node switch
    {
        YamlSequence => "a list",
        YamlMapping => "a mapping",
        YamlScalar scalar => YamlCoreSchema.KindOf(scalar) switch
        {
            YamlScalarKind.Null => "nothing",
            YamlScalarKind.Boolean => "a truth value",
            YamlScalarKind.Number => "a number",
            _ => "a text",
        },
        _ => "nothing",
    };
}
