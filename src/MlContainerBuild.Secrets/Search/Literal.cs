namespace MlContainerBuild.Secrets;

/// <summary>A string the search starts from.</summary>
/// <param name="Text">ASCII; lower case when <paramref name="IgnoreCase"/>.</param>
internal sealed record Literal(string Text, bool IgnoreCase)
{
    public bool IsAt(ReadOnlySpan<byte> text, int start)
    {
        if (start < 0 || text.Length - start < Text.Length)
            return false;
        for (int i = 0; i < Text.Length; i++)
        {
            int c = text[start + i];
            if (IgnoreCase && c is >= 'A' and <= 'Z')
                c |= 0x20;
            if (c != Text[i])
                return false;
        }

        return true;
    }
}

/// <summary>An occurrence of a literal.</summary>
/// <param name="Start">Index of its first byte.</param>
/// <param name="Id">Its place in <see cref="LiteralSet.All"/>.</param>
internal readonly record struct LiteralHit(int Start, int Id)
{
    /// <summary>Orders hits by their start. They come nearly so, each at most a literal's length from its place: insertion is linear.</summary>
    public static void Sort(List<LiteralHit> hits)
    {
        for (int i = 1; i < hits.Count; i++)
        {
            var hit = hits[i];
            int at = i;
            for (; at > 0 && hits[at - 1].Start > hit.Start; at--)
                hits[at] = hits[at - 1];
            hits[at] = hit;
        }
    }
}

/// <summary>The literals of all formats, each once.</summary>
internal static class LiteralSet
{
    static LiteralSet()
    {
        var literals = new List<Literal>();
        var formats = new List<List<int>>();
        for (int rank = 0; rank < SecretFormats.All.Length; rank++)
        {
            var format = SecretFormats.All[rank];
            foreach (string text in format.Literals)
            {
                var literal = new Literal(format.IgnoreCase ? text.ToLowerInvariant() : text, format.IgnoreCase);
                int id = literals.IndexOf(literal);
                if (id < 0)
                {
                    id = literals.Count;
                    literals.Add(literal);
                    formats.Add([]);
                }

                formats[id].Add(rank);
            }
        }

        All = literals;
        Formats = [.. formats.Select(static ranks => ranks.ToArray())];
    }

    public static IReadOnlyList<Literal> All { get; }

    /// <summary>For each literal, the formats to try where it stands: their places in <see cref="SecretFormats.All"/>, ascending.</summary>
    public static int[][] Formats { get; }
}
