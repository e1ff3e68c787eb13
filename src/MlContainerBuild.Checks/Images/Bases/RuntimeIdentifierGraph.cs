using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MlContainerBuild.Checks.Images.Bases;

/// <summary>Which runtime identifiers stand in for which: the file that MSBuild's <c>RuntimeIdentifierGraphPath</c> names.</summary>
public sealed class RuntimeIdentifierGraph
{
    private readonly FrozenDictionary<string, ImmutableArray<string>> imports;

    private RuntimeIdentifierGraph(FrozenDictionary<string, ImmutableArray<string>> imports) => this.imports = imports;

    /// <summary>Reads the file; false with the reason when it is none.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out RuntimeIdentifierGraph? graph, [NotNullWhen(false)] out string? error)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(file);
            graph = new RuntimeIdentifierGraph(document.RootElement.GetProperty("runtimes").EnumerateObject().ToFrozenDictionary(
                runtime => runtime.Name,
                runtime => runtime.Value.TryGetProperty("#import", out JsonElement import)
                    ? [.. import.EnumerateArray().Select(rid => rid.GetString() ?? "")]
                    : ImmutableArray<string>.Empty,
                StringComparer.Ordinal));
            error = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
            or KeyNotFoundException or ArgumentException or NotSupportedException)
        {
            graph = null;
            error = $"the runtime identifier graph '{path}' cannot be read";
            return false;
        }
    }

    /// <summary>The identifier itself and everything it may be replaced with, the nearest first.</summary>
    public IEnumerable<string> Expand(string runtimeIdentifier)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { runtimeIdentifier };
        var waiting = new Queue<string>([runtimeIdentifier]);
        while (waiting.TryDequeue(out string? next))
        {
            yield return next;
            foreach (string import in imports.GetValueOrDefault(next, []))
            {
                if (seen.Add(import))
                {
                    waiting.Enqueue(import);
                }
            }
        }
    }
}
