using System.Text;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>Every way to search finds what looking at each place finds.</summary>
public class LiteralSearchTests
{
    private static readonly LiteralScanner Scanner = new(LiteralSet.All, LiteralTable.Places);
    private static readonly LiteralAutomaton Automaton = new(LiteralSet.All);

    private delegate void Search(ReadOnlySpan<byte> buffer, int searched, int end, List<LiteralHit> hits);

    [Fact]
    public void VectorsAndAutomaton_FindTheSameInRealText()
    {
        foreach (byte[] sample in new[] { Samples.CSharp, Samples.Documentation, Samples.Json, Samples.Targets, Samples.ManagedCode, Samples.Base64, Samples.Random })
        {
            var expected = Find(Automaton.Find, sample);
            Assert.Equal(expected, Find(Scanner.Find128, sample));
            Assert.Equal(expected, Find(Scanner.Find, sample));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void PlantedLiterals_AreFoundByAll(int seed)
    {
        byte[] text = Planted(new Random(seed), 60_000);
        var expected = FindByLooking(text);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Find(Automaton.Find, text));
        Assert.Equal(expected, Find(Scanner.Find128, text));
        Assert.Equal(expected, Find(Scanner.Find, text));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void TextSearchedInParts_YieldsEachLiteralOnce(int seed)
    {
        var random = new Random(seed);
        byte[] text = Planted(random, 20_000);
        foreach (var search in new Search[] { Automaton.Find, Scanner.Find128, Scanner.Find })
        {
            var buffer = new byte[text.Length + LiteralScanner.Slack];
            text.CopyTo(buffer, 0);
            var hits = new List<LiteralHit>();
            int searched = 0;
            while (searched < text.Length)
            {
                int end = Math.Min(text.Length, searched + random.Next(1, 300));
                search(buffer, searched, end, hits);
                searched = end;
            }

            Assert.Equal(FindByLooking(text), Sorted(hits));
        }
    }

    [Fact]
    public void EveryLiteral_IsFoundAtEveryAlignmentAndInEitherCase()
    {
        for (int id = 0; id < LiteralSet.All.Count; id++)
        {
            var literal = LiteralSet.All[id];
            for (int at = 0; at < 70; at++)
            {
                string written = literal.IgnoreCase && at % 2 == 1 ? literal.Text.ToUpperInvariant() : literal.Text;
                byte[] text = Encoding.ASCII.GetBytes(new string('\n', at) + written);
                Assert.Contains(new LiteralHit(at, id), Find(Scanner.Find, text));
            }
        }
    }

    [Fact]
    public void LiteralCutOffByTheEnd_IsNotFound() =>
        Assert.All(LiteralSet.All, literal => Assert.DoesNotContain(
            Find(Scanner.Find, Encoding.ASCII.GetBytes("\n" + literal.Text[..^1])),
            hit => LiteralSet.All[hit.Id] == literal));

    /// <summary>Literals and pieces of literals, so that near misses are as common as hits.</summary>
    private static byte[] Planted(Random random, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            string literal = LiteralSet.All[random.Next(LiteralSet.All.Count)].Text;
            literal = random.Next(2) == 0 ? literal : literal[..random.Next(1, literal.Length)];
            text.Append(random.Next(3) == 0 ? literal.ToUpperInvariant() : literal);
            for (int i = random.Next(12); i > 0; i--)
                text.Append((char)random.Next(256));
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static List<LiteralHit> Find(Search search, byte[] text)
    {
        var buffer = new byte[text.Length + LiteralScanner.Slack];
        text.CopyTo(buffer, 0);
        buffer.AsSpan(text.Length).Fill((byte)'_');
        var hits = new List<LiteralHit>();
        search(buffer, 0, text.Length, hits);
        return Sorted(hits);
    }

    private static List<LiteralHit> FindByLooking(byte[] text)
    {
        var hits = new List<LiteralHit>();
        for (int id = 0; id < LiteralSet.All.Count; id++)
        {
            for (int at = 0; at < text.Length; at++)
            {
                if (LiteralSet.All[id].IsAt(text, at))
                    hits.Add(new(at, id));
            }
        }

        return Sorted(hits);
    }

    private static List<LiteralHit> Sorted(List<LiteralHit> hits) => [.. hits.OrderBy(hit => hit.Start).ThenBy(hit => hit.Id)];
}
