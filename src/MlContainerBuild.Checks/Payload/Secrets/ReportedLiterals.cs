using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>
/// The lines of source that rules on C# have reported. A constant of them is in an assembly wherever it is used, and debug information
/// knows the uses only, so that the text itself has to tell that both are one. What is told of an assembly is not told again of the
/// single file or native image that it went into.
/// </summary>
internal sealed class ReportedLiterals(IEnumerable<SourceSpan> reported)
{
    private const int MostLines = 100;

    // Read for the first string that was found: most assemblies have none.
    private readonly Lazy<string[]> lines = new(() => [.. reported.Where(span => span.Line > 0).GroupBy(span => span.Path).SelectMany(LinesOf)]);

    private readonly HashSet<string> compiled = new(StringComparer.Ordinal);

    /// <summary>Notes a secret that is told of an assembly.</summary>
    public void Add(string secret) => compiled.Add(secret);

    public bool HoldOrAdded(string secret) => compiled.Contains(secret) || Hold(secret);

    /// <param name="secret">As the assembly holds it.</param>
    public bool Hold(string secret) => Array.Exists(lines.Value, line => line.Contains(secret, StringComparison.Ordinal));

    private static string[] LinesOf(IGrouping<string, SourceSpan> spans)
    {
        try
        {
            var numbers = spans.SelectMany(span => Enumerable.Range(span.Line, Math.Clamp(span.EndLine - span.Line + 1, 1, MostLines))).ToHashSet();
            return [.. File.ReadLines(spans.Key).Where((_, index) => numbers.Contains(index + 1))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A source that is not on this machine: then the secret is told twice.
            return [];
        }
    }
}
