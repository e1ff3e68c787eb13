#if NET
namespace MlContainerBuild.Secrets;

/// <summary>Which four bytes represent a literal, and its bucket: see <see cref="LiteralScanner"/>.</summary>
/// <param name="Offset">Index of the first of the four.</param>
/// <param name="Bucket">0 to 15.</param>
internal readonly record struct LiteralPlace(int Offset, int Bucket);

/// <summary>The places of all literals, chosen offline so that ordinary text yields few candidates.</summary>
internal static partial class LiteralTable
{
    /// <summary>In the order of <see cref="LiteralSet.All"/>. A literal without a chosen place is still found, only more slowly.</summary>
    public static IReadOnlyList<LiteralPlace> Places { get; } = FindPlaces();

    private static List<LiteralPlace> FindPlaces()
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var chosen = Chosen;
        for (int row = 0; row < chosen.Length; row++)
            rows[chosen[row].Text] = row;
        var places = new List<LiteralPlace>(LiteralSet.All.Count);
        foreach (var literal in LiteralSet.All)
            places.Add(rows.TryGetValue(literal.Text, out int row) ? new(chosen[row].Offset, chosen[row].Bucket) : new(0, literal.Text[0] & 15));
        return places;
    }
}
#endif
