namespace MlContainerBuild.Checks.Policies;

/// <summary>Finds what somebody meant to write.</summary>
public static class Spelling
{
    /// <summary>
    /// The one candidate that is close to <paramref name="text"/>: another case, a few letters inserted, missing, changed
    /// or swapped, or the end left out. Null when none is close, or two are equally so.
    /// </summary>
    public static string? Nearest(string text, IEnumerable<string> candidates)
    {
        if (text.Length is 0 or > 64)
            return null;

        string? nearest = null;
        int best = 1 + Math.Max(1, text.Length / 3);
        foreach (string candidate in candidates)
        {
            bool isBeginning = text.Length >= 3 && candidate.StartsWith(text, StringComparison.OrdinalIgnoreCase);
            int distance = isBeginning ? 0 : Distance(text.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < best)
            {
                nearest = candidate;
                best = distance;
            }
            else if (distance == best)
            {
                nearest = null;
            }
        }

        return nearest;
    }

    // Optimal string alignment: Levenshtein's distance with neighbours that may be swapped.
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            cost[i, 0] = i;

        for (int j = 0; j <= b.Length; j++)
            cost[0, j] = j;

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(cost[i - 1, j - 1] + change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
