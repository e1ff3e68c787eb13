using System.Text;
using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>A checksum that holds proves a token; one that does not hold proves nothing.</summary>
public class ChecksumTests
{
    [Theory]
    [InlineData("ghp_")]
    [InlineData("npm_")]
    public void TokenWithItsChecksum_IsVerified(string prefix)
    {
        string body = Random(Alphanumeric, 30);
        var match = Assert.Single(SecretScanner.Scan(prefix + body + Base62(Crc32(body))));
        Assert.True(match.IsVerified);
    }

    [Theory]
    [InlineData("ghp_")]
    [InlineData("npm_")]
    public void TokenWithAnotherChecksum_IsFoundAllTheSame(string prefix)
    {
        var match = Assert.Single(SecretScanner.Scan(prefix + Random(Alphanumeric, 36)));
        Assert.False(match.IsVerified);
    }

    [Fact]
    public void TokenThatLooksMadeUp_IsFoundWhereItsChecksumHolds()
    {
        string body = new('x', 30);
        Assert.True(Assert.Single(SecretScanner.Scan("ghp_" + body + Base62(Crc32(body)))).IsVerified);
        Assert.Empty(SecretScanner.Scan("ghp_" + body + "1234Ab"));
    }

    /// <summary>The bit-by-bit definition of CRC-32 (ISO 3309), against which the table of the product is checked.</summary>
    private static uint Crc32(string text)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in Encoding.ASCII.GetBytes(text))
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }

    private static string Base62(uint value)
    {
        const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var text = new char[6];
        for (int i = text.Length - 1; i >= 0; i--, value /= 62)
            text[i] = Characters[(int)(value % 62)];
        return new(text);
    }
}
