using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlContainerBuild.Checks.Tests.Policies;

/// <summary>
/// The keywords of JSON Schema 2020-12 that our schema uses, formats asserted. A keyword it does not know throws, so that
/// none is passed over in silence.
/// </summary>
internal sealed class JsonSchemaEvaluator(JsonObject document)
{
    public bool IsValid(JsonNode? value) => IsValid(document, value);

    private bool IsValid(JsonObject schema, JsonNode? value) => schema.All(keyword => IsValid(schema, keyword.Key, keyword.Value!, value));

    private bool IsValid(JsonObject schema, string keyword, JsonNode argument, JsonNode? value) => keyword switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" or "default" => true,
        "$ref" => IsValid(Resolve(argument.GetValue<string>()), value),
        "type" => IsOfType(argument.GetValue<string>(), value),
        "const" => JsonNode.DeepEquals(argument, Normalize(value)),
        "enum" => argument.AsArray().Any(item => JsonNode.DeepEquals(item, value)),
        "not" => !IsValid(argument.AsObject(), value),
        "required" => value is not JsonObject instance || argument.AsArray().All(name => instance.ContainsKey(name!.GetValue<string>())),
        "properties" => value is not JsonObject instance
            || argument.AsObject().All(property => !instance.TryGetPropertyValue(property.Key, out JsonNode? item) || IsValid(property.Value!.AsObject(), item)),
        "additionalProperties" => value is not JsonObject instance || instance.All(property => IsNamed(schema, property.Key) || IsAllowed(argument, property.Value)),
        "propertyNames" => value is not JsonObject instance || instance.All(property => IsValid(argument.AsObject(), JsonValue.Create(property.Key))),
        "items" => value is not JsonArray instance || instance.All(item => IsValid(argument.AsObject(), item)),
        "minimum" => Number(value) is not { } number || number >= argument.GetValue<double>(),
        "maximum" => Number(value) is not { } number || number <= argument.GetValue<double>(),
        "minLength" => Text(value) is not { } text || text.EnumerateRunes().Count() >= argument.GetValue<int>(),
        "maxLength" => Text(value) is not { } text || text.EnumerateRunes().Count() <= argument.GetValue<int>(),
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, argument.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(5)),
        "format" => Text(value) is not { } text || IsDate(argument.GetValue<string>(), text),
        _ => throw new NotSupportedException($"keyword '{keyword}'"),
    };

    private JsonObject Resolve(string reference)
    {
        const string prefix = "#/$defs/";
        Assert.StartsWith(prefix, reference, StringComparison.Ordinal);
        return document["$defs"]![reference[prefix.Length..]]!.AsObject();
    }

    private bool IsAllowed(JsonNode additional, JsonNode? value) =>
        additional is JsonObject schema ? IsValid(schema, value) : additional.GetValue<bool>();

    private static bool IsNamed(JsonObject schema, string name) => schema["properties"] is JsonObject properties && properties.ContainsKey(name);

    private static bool IsOfType(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "integer" => Number(value) is { } number && double.IsInteger(number),
        _ => throw new NotSupportedException($"type '{type}'"),
    };

    private static bool IsDate(string format, string text)
    {
        Assert.Equal("date", format);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    // JSON Schema compares numbers by value: 1.0 is 1.
    private static JsonNode? Normalize(JsonNode? value) => Number(value) is { } number && double.IsInteger(number) && Math.Abs(number) < 1e9 ? JsonValue.Create((int)number) : value;

    private static double? Number(JsonNode? value) => value is JsonValue scalar && scalar.TryGetValue(out double number) ? number : null;

    private static string? Text(JsonNode? value) => value is JsonValue scalar && scalar.TryGetValue(out string? text) ? text : null;
}
