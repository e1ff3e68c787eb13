namespace MlContainerBuild.Secrets;

/// <summary>
/// Finds every occurrence of every literal in one pass: the automaton of Aho and Corasick with all transitions filled in,
/// over classes of bytes that no literal tells apart. Fast enough for the strings of a compilation, on every runtime.
/// </summary>
internal sealed class LiteralAutomaton
{
    private readonly byte[] classes = new byte[256];
    private readonly int classCount;
    private readonly ushort[] next;
    private readonly int[]?[] found;
    private readonly IReadOnlyList<Literal> literals;
    private readonly int longest;

    public LiteralAutomaton(IReadOnlyList<Literal> literals)
    {
        this.literals = literals;
        classCount = 1;
        foreach (var literal in literals)
        {
            longest = Math.Max(longest, literal.Text.Length);
            foreach (char c in literal.Text)
            {
                // Letters share a class with their other case: literals that mind the case are compared again when found.
                if (classes[c] != 0)
                    continue;
                classes[Upper(c)] = classes[Lower(c)] = (byte)classCount++;
            }
        }

        (next, found) = Build();
    }

    /// <summary>Adds each occurrence in the first <paramref name="end"/> bytes that ends behind <paramref name="searched"/>, ordered by its end.</summary>
    public void Find(ReadOnlySpan<byte> buffer, int searched, int end, List<LiteralHit> hits)
    {
        int state = 0;
        for (int i = Math.Max(0, searched - longest); i < end; i++)
        {
            state = next[(state * classCount) + classes[buffer[i]]];
            if (found[state] is not { } ids || i < searched)
                continue;
            foreach (int id in ids)
            {
                int start = i + 1 - literals[id].Text.Length;
                if (literals[id].IsAt(buffer, start))
                    hits.Add(new(start, id));
            }
        }
    }

    private (ushort[] Next, int[]?[] Found) Build()
    {
        var trie = new List<int[]> { NewRow() };
        var ends = new List<List<int>> { new() };
        for (int id = 0; id < literals.Count; id++)
        {
            int state = 0;
            foreach (char c in literals[id].Text)
            {
                ref int child = ref trie[state][classes[c]];
                if (child < 0)
                {
                    child = trie.Count;
                    trie.Add(NewRow());
                    ends.Add(new());
                }

                state = child;
            }

            ends[state].Add(id);
        }

        // Breadth first: a state's fallback is shallower, so its row is complete when it is copied from.
        var fallback = new int[trie.Count];
        var queue = new Queue<int>();
        for (int c = 0; c < classCount; c++)
        {
            if (trie[0][c] < 0)
                trie[0][c] = 0;
            else
                queue.Enqueue(trie[0][c]);
        }

        while (queue.Count > 0)
        {
            int state = queue.Dequeue();
            ends[state].AddRange(ends[fallback[state]]);
            for (int c = 0; c < classCount; c++)
            {
                int through = trie[fallback[state]][c];
                if (trie[state][c] < 0)
                {
                    trie[state][c] = through;
                }
                else
                {
                    fallback[trie[state][c]] = through;
                    queue.Enqueue(trie[state][c]);
                }
            }
        }

        var table = new ushort[trie.Count * classCount];
        var found = new int[]?[trie.Count];
        for (int state = 0; state < trie.Count; state++)
        {
            for (int c = 0; c < classCount; c++)
                table[(state * classCount) + c] = (ushort)trie[state][c];
            found[state] = ends[state].Count == 0 ? null : ends[state].ToArray();
        }

        return (table, found);
    }

    private int[] NewRow()
    {
        var row = new int[classCount];
        for (int i = 0; i < row.Length; i++)
            row[i] = -1;
        return row;
    }

    private static int Lower(char c) => c is >= 'A' and <= 'Z' ? c | 0x20 : c;

    private static int Upper(char c) => c is >= 'a' and <= 'z' ? c & ~0x20 : c;
}
