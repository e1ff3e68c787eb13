using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlContainerBuild.Checks.Tests.Policies;

/// <summary>What an editor hands to JSON Schema: the document by YAML 1.2's core schema. Written apart from the reader's own resolution.</summary>
internal static partial class YamlToJson
{
    public static JsonNode? Convert(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Convert(stream.Documents.Single().RootNode);
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Resolve(scalar.Value!),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };

    private static JsonValue? Resolve(string text)
    {
        if (Null.IsMatch(text))
            return null;

        if (Boolean.IsMatch(text))
            return JsonValue.Create(bool.Parse(text));

        if (Hexadecimal.IsMatch(text))
            return JsonValue.Create((double)long.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

        if (Octal.IsMatch(text))
            return JsonValue.Create((double)System.Convert.ToInt64(text[2..], 8));

        if (NotFinite.IsMatch(text))
            return JsonValue.Create(double.MaxValue);

        return Float.IsMatch(text) ? JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)) : JsonValue.Create(text);
    }

    [GeneratedRegex(@"^(null|Null|NULL|~|)\z", RegexOptions.None, 1000)]
    private static partial Regex Null { get; }

    [GeneratedRegex(@"^(true|True|TRUE|false|False|FALSE)\z", RegexOptions.None, 1000)]
    private static partial Regex Boolean { get; }

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z", RegexOptions.None, 1000)]
    private static partial Regex Hexadecimal { get; }

    [GeneratedRegex(@"^0o[0-7]+\z", RegexOptions.None, 1000)]
    private static partial Regex Octal { get; }

    // JSON has no such numbers; one far out of every range stands for them.
    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.None, 1000)]
    private static partial Regex NotFinite { get; }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.None, 1000)]
    private static partial Regex Float { get; }
}
