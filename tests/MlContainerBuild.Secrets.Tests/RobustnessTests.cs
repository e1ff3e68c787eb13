using System.Text;
using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>Input nobody meant well: no exception, no finding outside the text, no work that grows faster than the text.</summary>
public class RobustnessTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void DamagedText_NeitherThrowsNorYieldsPlacesOutsideIt(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            string text = Damaged(random);
            AssertOrdered(SecretScanner.Scan(text), text.Length);
            AssertOrdered(NamedSecret.FindAll(text), text.Length);
            _ = SecretMask.Redact(text);
            _ = SecretMask.Mask(text);
            _ = NamedSecret.Find(text[..(text.Length / 2)], text[(text.Length / 2)..]);
            _ = DefaultPassword.IsSet(text, text);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void DamagedFile_YieldsTheSameInPiecesOfAnySize(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 40; i++)
        {
            byte[] file = Encoding.UTF8.GetBytes(Damaged(random));
            var whole = SecretStream.Scan(new MemoryStream(file));
            var pieces = SecretStream.Scan(new Pieces(file, random));
            Assert.Equal(whole.Secrets, pieces.Secrets);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void RandomBytes_HoldNoSecret(int seed)
    {
        var bytes = new byte[2_000_000];
        new Random(seed).NextBytes(bytes);
        Assert.Empty(SecretStream.Scan(new MemoryStream(bytes)).Secrets);
        Assert.Empty(SecretScanner.Scan(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks))));
    }

    /// <summary>A long run that may stand before its own token would be read once for each of the tokens in it.</summary>
    [Fact]
    public void ShapesWithLongRuns_RuleThemOutBeforeTheToken() =>
        Assert.All(
            SecretFormats.All.SelectMany(format => format.Shapes).Where(shape => CouldRepeat(shape)),
            shape => Assert.All(shape.LongRuns, run => Assert.True(shape.Before.Contains(run), shape.Pattern)));

    [Fact]
    public void LiteralsRepeatedWithoutEnd_AreCapped() =>
        Assert.All(LiteralSet.All.Where(literal => literal.Text.Length < 12), literal =>
        {
            byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(literal.Text, 200_000 / literal.Text.Length)));
            Assert.True(SecretStream.Scan(new MemoryStream(text)) is { IsCapped: true } or { Secrets.Count: < 2 });
        });

    /// <summary>Only a literal of the run's own characters can stand again within the run.</summary>
    private static bool CouldRepeat(TokenShape shape) =>
        shape.LongRuns.Any(run => run.RunEnd(Encoding.ASCII.GetBytes(shape.Prefix), 0, shape.Prefix.Length) == shape.Prefix.Length);

    private static void AssertOrdered(IReadOnlyList<SecretMatch> matches, int length)
    {
        int end = 0;
        foreach (var match in matches)
        {
            Assert.InRange(match.Start, end, length);
            Assert.InRange(match.Length, 1, length - match.Start);
            end = match.End;
        }
    }

    /// <summary>Tokens, literals and what joins them, then some of it cut, doubled or overwritten.</summary>
    private static string Damaged(Random random)
    {
        string[] joints = ["\n", " ", "=", ": ", "\"", "'", ";", "://", "@", "\\n", "%3D", "{", "(", "--", "password=", "Server=", "\0", "é", "\U0001F600"];
        var text = new StringBuilder();
        for (int i = random.Next(1, 30); i > 0; i--)
        {
            text.Append(random.Next(4) switch
            {
                0 => FormatVectors.All[random.Next(FormatVectors.All.Count)].Token,
                1 => LiteralSet.All[random.Next(LiteralSet.All.Count)].Text,
                2 => Made.Random(Base64UrlCharacters, random.Next(1, 60), random.Next()),
                _ => joints[random.Next(joints.Length)],
            });
            text.Append(joints[random.Next(joints.Length)]);
        }

        for (int i = random.Next(4); i > 0; i--)
        {
            int at = random.Next(text.Length), length = random.Next(Math.Min(20, text.Length - at));
            switch (random.Next(3))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, text.ToString(at, length));
                    break;
                default:
                    text[at] = (char)random.Next(0x250);
                    break;
            }
        }

        return text.Append(' ').ToString();
    }

    private sealed class Pieces(byte[] file, Random random) : MemoryStream(file)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(random.Next(1, 500), buffer.Length)]);
    }
}
