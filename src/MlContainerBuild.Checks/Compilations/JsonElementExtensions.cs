using System.Text.Json;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>Walks JSON of any shape: what is missing, or is of another kind, is null or empty.</summary>
internal static class JsonElementExtensions
{
    public static JsonElement? Property(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    public static JsonElement? Property(this JsonElement element, string name, string inner) => element.Property(name).Property(inner);

    public static JsonElement? Property(this JsonElement? element, string name) => element?.Property(name);

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Property(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) => element?.Items(name) ?? [];

    public static string? Text(this JsonElement element, string name) =>
        element.Property(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    /// <summary>A whole number that is not negative; 0 for everything else.</summary>
    public static int Number(this JsonElement? element, string name) =>
        element.Property(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) ? Math.Max(value, 0) : 0;
}
