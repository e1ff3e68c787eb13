using System.Runtime.InteropServices;
using System.Text;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>
/// Chooses for each literal the four bytes and the bucket that make ordinary text yield few candidates. The two go together:
/// a bucket lets through every mixture of the bytes of its literals, so what costs nothing alone may cost much in company.
/// Each literal in turn is put where it adds least, and put there again now that the others have a place; then some are taken
/// out and put back in the hope of better, a few times. The same samples always give the same table.
/// </summary>
internal sealed class LiteralPlaceOptimizer
{
    private const int Rounds = 2, Attempts = 12, MaxGrams = 12_000;

    private readonly IReadOnlyList<Literal> literals;
    private readonly uint[] grams;
    private readonly double[] weights;
    private readonly LiteralPlace[] places;

    /// <param name="samples">Kinds of text, each as important as the others whatever its size.</param>
    public LiteralPlaceOptimizer(IReadOnlyList<Literal> literals, IEnumerable<byte[]> samples)
    {
        this.literals = literals;
        places = new LiteralPlace[literals.Count];
        var chosen = samples.SelectMany(Weigh).GroupBy(gram => gram.Bytes, gram => gram.Weight)
            .Select(group => (Bytes: group.Key, Weight: group.Sum()))
            .OrderByDescending(gram => gram.Weight).ThenBy(gram => gram.Bytes).ToArray();
        grams = Array.ConvertAll(chosen, gram => gram.Bytes);
        weights = Array.ConvertAll(chosen, gram => gram.Weight);
    }

    public IReadOnlyList<LiteralPlace> Optimize()
    {
        var order = Enumerable.Range(0, literals.Count).OrderByDescending(id => literals[id].IgnoreCase).ThenBy(id => literals[id].Text.Length).ToArray();
        Improve(order, []);
        double cost = TotalCost();
        var random = new Random(1);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var before = places.ToArray();
            int[] moved = order.Where(_ => random.Next(5) == 0).ToArray();
            Improve(moved, [.. order.Except(moved)]);
            double after = TotalCost();
            if (after < cost)
                cost = after;
            else
                before.CopyTo(places, 0);
        }

        return places;
    }

    /// <summary>Places literals one after another beside those that have a place, then goes round all of them.</summary>
    private void Improve(IEnumerable<int> homeless, List<int> placed)
    {
        foreach (int id in homeless)
        {
            placed.Add(id);
            Place(id, placed);
        }

        for (int round = 0; round < Rounds; round++)
        {
            foreach (int id in placed)
                Place(id, placed);
        }
    }

    private double TotalCost() =>
        Enumerable.Range(0, BucketTable.Buckets).Sum(bucket => Cost([.. Enumerable.Range(0, places.Length).Where(id => places[id].Bucket == bucket)], null, default, double.MaxValue));

    /// <summary>The table as source code.</summary>
    public static string Print(IReadOnlyList<Literal> literals, IReadOnlyList<LiteralPlace> places)
    {
        var text = new StringBuilder();
        for (int id = 0; id < literals.Count; id++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"        (\"{literals[id].Text.Replace("\"", "\\\"", StringComparison.Ordinal)}\", {places[id].Offset}, {places[id].Bucket}),\n");
        return text.ToString();
    }

    /// <summary>The frequent four-byte sequences of a sample with their count per million bytes, and some of the rare ones that stand for all of them.</summary>
    private static IEnumerable<(uint Bytes, double Weight)> Weigh(byte[] sample)
    {
        var histogram = new Dictionary<uint, double>();
        for (int i = 0; i + 4 <= sample.Length; i++)
            CollectionsMarshal.GetValueRefOrAddDefault(histogram, MemoryMarshal.Read<uint>(sample.AsSpan(i)), out _) += 1e6 / sample.Length;
        var ordered = histogram.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).ToArray();
        foreach (var (bytes, weight) in ordered.Take(MaxGrams))
            yield return (bytes, weight);
        int step = Math.Max(1, (ordered.Length - MaxGrams) / MaxGrams);
        for (int i = MaxGrams; i < ordered.Length; i += step)
            yield return (ordered[i].Key, ordered[i].Value * step);
    }

    private void Place(int id, List<int> placed)
    {
        double best = double.MaxValue;
        var choice = places[id];
        int lastOffset = Math.Max(0, literals[id].Text.Length - BucketTable.Positions);
        for (int bucket = 0; bucket < BucketTable.Buckets; bucket++)
        {
            var company = placed.Where(other => other != id && places[other].Bucket == bucket).ToArray();
            double before = Cost(company, null, default, double.MaxValue);
            for (int offset = 0; offset <= lastOffset; offset++)
            {
                double added = Cost(company, literals[id], new(offset, bucket), before + best) - before;
                if (added < best)
                    (best, choice) = (added, new(offset, bucket));
            }
        }

        places[id] = choice;
    }

    /// <summary>Candidates per million bytes of each sample that a bucket lets through; counting ends at <paramref name="limit"/>.</summary>
    private double Cost(int[] company, Literal? newcomer, LiteralPlace place, double limit)
    {
        var masks = new ushort[BucketTable.Positions * 2];
        foreach (int other in company)
            Allow(masks, literals[other], places[other].Offset);
        if (newcomer is not null)
            Allow(masks, newcomer, place.Offset);
        double cost = 0;
        for (int i = 0; i < grams.Length && cost < limit; i++)
        {
            uint gram = grams[i];
            int possible = masks[0] >> (int)(gram & 15) & masks[1] >> (int)(gram >> 4 & 15) & masks[2] >> (int)(gram >> 8 & 15) & masks[3] >> (int)(gram >> 12 & 15)
                & masks[4] >> (int)(gram >> 16 & 15) & masks[5] >> (int)(gram >> 20 & 15) & masks[6] >> (int)(gram >> 24 & 15) & masks[7] >> (int)(gram >> 28);
            if ((possible & 1) != 0)
                cost += weights[i];
        }

        return cost;
    }

    private static void Allow(ushort[] masks, Literal literal, int offset)
    {
        for (int position = 0; position < BucketTable.Positions; position++)
        {
            if (offset + position >= literal.Text.Length)
            {
                masks[position * 2] = masks[(position * 2) + 1] = ushort.MaxValue;
                continue;
            }

            char c = literal.Text[offset + position];
            masks[position * 2] |= (ushort)(1 << (c & 15));
            masks[(position * 2) + 1] |= (ushort)(1 << (c >> 4));
            if (literal.IgnoreCase && char.IsAsciiLetter(c))
                masks[(position * 2) + 1] |= (ushort)(1 << ((c ^ 0x20) >> 4));
        }
    }
}
