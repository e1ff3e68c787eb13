using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MlContainerBuild.Checks.Images.Bases;

/// <summary>Which runtime identifiers stand in for which: the file that MSBuild's <c>RuntimeIdentifierGraphPath</c> names.</summary>
public sealed class RuntimeIdentifierGraph
{
    // Looked up as it is: a publish asks for a handful of the several hundred identifiers.
    private readonly JsonElement runtimes;

    private RuntimeIdentifierGraph(JsonElement runtimes) => this.runtimes = runtimes;

    /// <summary>Reads the file; false with the reason when it is none.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out RuntimeIdentifierGraph? graph, [NotNullWhen(false)] out string? error)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(file);
            JsonElement runtimes = document.RootElement.GetProperty("runtimes").Clone();
            if (runtimes.ValueKind != JsonValueKind.Object)
                throw new JsonException("'runtimes' is no object");

            graph = new RuntimeIdentifierGraph(runtimes);
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
            foreach (string import in ImportsOf(next))
            {
                if (seen.Add(import))
                    waiting.Enqueue(import);
            }
        }
    }

    private IEnumerable<string> ImportsOf(string runtimeIdentifier)
    {
        if (!runtimes.TryGetProperty(runtimeIdentifier, out JsonElement runtime) || runtime.ValueKind != JsonValueKind.Object
            || !runtime.TryGetProperty("#import", out JsonElement imports) || imports.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (JsonElement import in imports.EnumerateArray())
        {
            if (import.ValueKind == JsonValueKind.String)
                yield return import.GetString()!;
        }
    }
}
