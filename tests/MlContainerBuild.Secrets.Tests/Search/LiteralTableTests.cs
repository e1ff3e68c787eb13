using System.Runtime.InteropServices;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>The baked table: it fits the literals, and real text yields few candidates. One careless literal can cost half the speed.</summary>
public class LiteralTableTests
{
    public static TheoryData<string, int> Ceilings() => new()
    {
        { nameof(Samples.CSharp), 4_000 },
        { nameof(Samples.Documentation), 4_000 },
        { nameof(Samples.Json), 4_000 },
        { nameof(Samples.Targets), 7_000 },
        { nameof(Samples.Base64), 10_000 },
        { nameof(Samples.Random), 300 },
    };

    [Fact]
    public void BakedTable_HoldsExactlyTheLiterals()
    {
        var baked = LiteralTable.Chosen.Select(place => place.Text).Order(StringComparer.Ordinal);
        var literals = LiteralSet.All.Select(literal => literal.Text).Order(StringComparer.Ordinal);
        Assert.True(literals.SequenceEqual(baked), literals.SequenceEqual(baked) ? "" : "Replace the rows of LiteralTable.Chosen.cs by:\n" + Better());
    }

    [Fact]
    public void BakedTable_PlacesEachLiteralWithinItself() =>
        Assert.All(LiteralTable.Chosen, place =>
        {
            Assert.InRange(place.Bucket, 0, BucketTable.Buckets - 1);
            Assert.InRange(place.Offset, 0, Math.Max(0, place.Text.Length - BucketTable.Positions));
        });

    [Theory]
    [MemberData(nameof(Ceilings))]
    public void RealText_YieldsFewCandidates(string sample, int ceiling)
    {
        double candidates = CandidatesPerMegabyte(Sample(sample), LiteralTable.Places);
        Assert.True(candidates < ceiling, $"{candidates:F0} candidates per MB of {sample}. Without rows in LiteralTable.Chosen.cs the test above prints new ones.");
    }

    [Fact]
    public void Optimizer_KeepsLiteralsOfDifferentBytesApart()
    {
        var literals = LiteralSet.All.Take(24).ToArray();
        var sample = Samples.Documentation.AsSpan(0, 200_000).ToArray();
        var worst = literals.Select(_ => new LiteralPlace(0, 0)).ToArray();
        var best = new LiteralPlaceOptimizer(literals, [sample]).Optimize();
        Assert.True(CandidatesPerMegabyte(sample, best, literals) * 10 < CandidatesPerMegabyte(sample, worst, literals));
    }

    private static double CandidatesPerMegabyte(byte[] text, IReadOnlyList<LiteralPlace> places) => CandidatesPerMegabyte(text, places, LiteralSet.All);

    private static double CandidatesPerMegabyte(byte[] text, IReadOnlyList<LiteralPlace> places, IReadOnlyList<Literal> literals)
    {
        var table = new BucketTable();
        for (int id = 0; id < literals.Count; id++)
            table.Add(literals[id], places[id]);
        int candidates = 0;
        for (int i = 0; i + 4 <= text.Length; i++)
        {
            if (table.PossibleAt(MemoryMarshal.Read<uint>(text.AsSpan(i))) != 0)
                candidates++;
        }

        return candidates * 1e6 / text.Length;
    }

    private static byte[] Sample(string name) => (byte[])typeof(Samples).GetProperty(name)!.GetValue(null)!;

    private static string Better()
    {
        var samples = new[] { Samples.CSharp, Samples.Documentation, Samples.Json, Samples.Targets, Samples.ManagedCode, Samples.Base64, Samples.Random };
        return LiteralPlaceOptimizer.Print(LiteralSet.All, new LiteralPlaceOptimizer(LiteralSet.All, samples).Optimize());
    }
}
