using System.Text;
using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

public class SecretStreamTests
{
    private static readonly string Token = HuggingFaceToken();

    [Fact]
    public void Text_GivesLineColumnAndOffset()
    {
        string text = "größe: 1\n\U0001F600 key: " + Token + "\n";
        var secret = Assert.Single(Scan(Encoding.UTF8.GetBytes(text)).Secrets);
        Assert.Equal(new TextPosition(2, "\U0001F600 key: ".Length + 1), secret.Position);
        Assert.Equal((Encoding.UTF8.GetByteCount(text[..text.IndexOf("hf_", StringComparison.Ordinal)]), Token.Length, "hf_…"), (secret.Offset, secret.Length, secret.Mask));
    }

    public static TheoryData<string, int> Encodings() => new() { { "utf-8", 1 }, { "utf-16", 2 }, { "utf-16BE", 2 } };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void ByteOrderMark_IsNoColumn(string encoding, int width)
    {
        var with = Encoding.GetEncoding(encoding);
        var result = Scan([.. with.GetPreamble(), .. with.GetBytes($"{Token}\né {Token}")]);
        Assert.Equal([new TextPosition(1, 1), new TextPosition(2, 3)], result.Secrets.Select(secret => secret.Position));
        Assert.Equal((with.GetPreamble().Length, Token.Length * width, false), (result.Secrets[0].Offset, result.Secrets[0].Length, result.IsBinary));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void BinaryFile_IsSearchedForUtf16AtEvenAndOddOffsets(int oddness)
    {
        byte[] file = [.. Noise(1000 + oddness), 0, 0, .. Encoding.Unicode.GetBytes(Token), .. Noise(5000)];
        var result = Scan(file);
        var secret = Assert.Single(result.Secrets);
        Assert.True(result.IsBinary);
        Assert.Equal((1002 + oddness, Token.Length * 2, (TextPosition?)null), (secret.Offset, secret.Length, secret.Position));
    }

    [Fact]
    public void SecretAtTheEndOfAnyPiece_IsFoundOnceAndWhole()
    {
        for (int shift = -60; shift <= 60; shift += 4)
        {
            foreach (bool isWide in new[] { false, true })
            {
                byte[] token = isWide ? Encoding.Unicode.GetBytes(Token) : Encoding.UTF8.GetBytes(Token);
                var file = new byte[PieceScanner.PieceSize * 3];
                int at = PieceScanner.PieceSize + shift;
                token.CopyTo(file, at);
                var secret = Assert.Single(Scan(file).Secrets);
                Assert.Equal((at, token.Length), (secret.Offset, secret.Length));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void StreamThatGivesFewBytesAtATime_YieldsTheSame(int most)
    {
        byte[] file = Encoding.UTF8.GetBytes(string.Join('\n', FormatVectors.All.Select(vector => $"key = \"{vector.Token}\"; // größe")));
        Assert.Equal(Scan(file).Secrets, SecretStream.Scan(new Trickle(file, most)).Secrets);
    }

    [Fact]
    public void EveryFormat_IsFoundInAStreamAsInText()
    {
        string text = string.Join('\n', FormatVectors.All.Select(vector => $"key = \"{vector.Token}\";"));
        Assert.Equal(
            SecretScanner.Scan(text).Select(match => (match.Format, (long)match.Start, match.Length)),
            Scan(Encoding.UTF8.GetBytes(text)).Secrets.Select(secret => (secret.Format, secret.Offset, secret.Length)));
    }

    [Fact]
    public void FileFullOfSecrets_IsCutOffAndSaysSo()
    {
        var lines = Enumerable.Range(0, SecretStream.MaxSecrets + 500).Select(i => HuggingFaceToken(i));
        var result = Scan(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        Assert.Equal((SecretStream.MaxSecrets, true), (result.Secrets.Count, result.IsCapped));
    }

    [Fact]
    public void FileFullOfLiterals_IsCutOffAndSaysSo()
    {
        var result = Scan(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("://", 20_000)) + "\n" + Token));
        Assert.True(result.IsCapped);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("hf_")]
    public void ShortFile_HasNothing(string text) => Assert.Empty(Scan(Encoding.UTF8.GetBytes(text)).Secrets);

    [Fact]
    public void LongLineWithoutBreaks_StillHasTheRightColumn()
    {
        string text = new string('é', 300_000) + " " + Token;
        Assert.Equal(new TextPosition(1, 300_002), Assert.Single(Scan(Encoding.UTF8.GetBytes(text)).Secrets).Position);
    }

    private static SecretScanResult Scan(byte[] file) => SecretStream.Scan(new MemoryStream(file));

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private sealed class Trickle(byte[] file, int most) : MemoryStream(file)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(most, buffer.Length)]);
    }
}
