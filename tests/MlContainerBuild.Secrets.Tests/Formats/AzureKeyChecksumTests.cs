using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>Azure's identifiable keys, made as https://github.com/microsoft/security-utilities describes them.</summary>
public class AzureKeyChecksumTests
{
    public static TheoryData<string, int, string, string> Keys { get; } = new()
    {
        { "azure-account-key", 64, "+A" + "St", "Default0" },
        { "azure-account-key", 64, "+A" + "Ba", "AbAcct00" },
        { "azure-account-key", 64, "+A" + "MC", "Classic0" },
        { "azure-account-key", 64, "AC" + "Db", "MastRW00" },
        { "azure-account-key", 64, "AC" + "Db", "MastRO00" },
        { "azure-account-key", 64, "AP" + "IM", "Gatewy00" },
        { "azure-access-key", 32, "AI" + "oT", "Device00" },
        { "azure-access-key", 32, "+A" + "Sb", "Manage00" },
        { "azure-access-key", 32, "+A" + "Eh", "Listen00" },
        { "azure-access-key", 32, "+A" + "Rm", "Send0000" },
        { "azure-container-registry", 39, "+A" + "CR", "ACRDflt0" },
        { "azure-search", 39, "Az" + "Se", "PAdmin00" },
        { "azure-redis", 32, "Az" + "Ca", "Access00" },
        { "azure-functions", 40, "Az" + "Fu", "Master00" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void KeyWithItsChecksum_IsVerified(string id, int size, string signature, string seed)
    {
        string key = Identifiable(size, signature, seed);
        Assert.Equal((id, true), Only(key));
        Assert.Equal((id, true), Only($"AccountKey={key};EndpointSuffix=core.windows.net"));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void KeyWithAnotherChecksum_IsFoundAllTheSame(string id, int size, string signature, string seed)
    {
        _ = seed;
        Assert.Equal((id, false), Only(Identifiable(size, signature, "Unheard0")));
    }

    [Fact]
    public void KeyWithTheChecksumOfAnotherService_IsNotVerified() =>
        Assert.Equal(("azure-account-key", false), Only(Identifiable(64, "+A" + "St", "AbAcct00")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnnotatedKeyWithItsChecksum_IsVerified(bool isLong)
    {
        Assert.Equal(("azure-cask", true), Only(Annotated("Default0", isLong)));
        Assert.Equal(("azure-cask", false), Only(Annotated("Default1", isLong)));
    }

    [Fact]
    public void EntraSecretWithItsChecksum_IsVerified()
    {
        // The sample of the specification.
        string body = "zzz" + "8Q~" + new string('z', 31);
        Assert.Equal(("azure-entra-client-secret", true), Only(body + "blP"));
        Assert.Equal(("azure-entra-client-secret", false), Only(body + "blQ"));
        Assert.Equal(("azure-entra-client-secret", false), Only("a.1" + "7Q~" + Random(Alphanumeric, 31)));
    }

    [Theory]
    [InlineData("", 0x004FB61A001BDBCC, 0x30ED35C1u ^ 0x00CD3C7Du)]
    [InlineData("abc", 0xD53CD9CECD0893B7, 0x22C74339u ^ 0x492769BFu)] // SymCrypt's self-test
    [InlineData("abcdefghijklmnopqrstuvwxyz", 0x0DDDDEEEEFFFF000, 0xA128EB7Eu ^ 0x7260ACA2u)]
    public void Marvin_IsThatOfSymCrypt(string text, ulong seed, uint checksum)
    {
        Assert.Equal(checksum, Marvin32.Compute(Encoding.ASCII.GetBytes(text), seed));
        Assert.Equal(checksum, Marvin(Encoding.ASCII.GetBytes(text), seed));
    }

    private static (string Id, bool IsVerified) Only(string text)
    {
        var match = Assert.Single(SecretScanner.Scan(text));
        return (match.Format.Id, match.IsVerified);
    }

    private static string Identifiable(int size, string signature, string seed)
    {
        // Base64 cuts bytes into characters, so the text is written first, and its last 32 bits are then replaced.
        for (int attempt = 1; ; attempt++)
        {
            int characters = ((size * 8) + 5) / 6;
            string text = Random(Alphanumeric, characters - 10, attempt) + signature + new string('A', 6);
            byte[] key = Convert.FromBase64String(text + new string('=', (4 - (text.Length % 4)) % 4));
            BinaryPrimitives.WriteUInt32LittleEndian(key.AsSpan(size - 4), Marvin(key.AsSpan(0, size - 4).ToArray(), SeedOf(seed)));
            string encoded = Convert.ToBase64String(key);

            // The keys of some services have neither + nor /.
            if (encoded.Replace(signature, "", StringComparison.Ordinal).IndexOfAny(['+', '/']) < 0)
                return encoded;
        }
    }

    private static string Annotated(string seed, bool isLong)
    {
        for (int attempt = 1; ; attempt++)
        {
            string text = Random(Alphanumeric, 52, attempt) + "JQQ" + "J99BA" + Random(Alphanumeric, 16) + "AC" + "OG" + "AAAAAA==";
            byte[] key = Convert.FromBase64String(text);
            BinaryPrimitives.WriteUInt32LittleEndian(key.AsSpan(60), Marvin(key.AsSpan(0, 60).ToArray(), SeedOf(seed)));
            string encoded = Convert.ToBase64String(key);
            if (encoded.IndexOfAny(['+', '/']) < 0)
                return isLong ? encoded : encoded[..84];
        }
    }

    private static ulong SeedOf(string name) =>
        ulong.Parse(string.Concat(name.Select(static c => ((int)c).ToString("X2", CultureInfo.InvariantCulture))), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Marvin over blocks of a padded copy, against which the product's is checked.</summary>
    private static uint Marvin(byte[] bytes, ulong seed)
    {
        var blocks = bytes.Append((byte)0x80).Concat(new byte[3 - (bytes.Length % 4)]).Chunk(4).Select(static block => BitConverter.ToUInt32(block)).Append(0u);
        uint a = (uint)(seed & uint.MaxValue), b = (uint)(seed >> 32);
        foreach (uint block in blocks)
        {
            a += block;
            b ^= a;
            a = BitOperations.RotateLeft(a, 20);
            a += b;
            b = BitOperations.RotateLeft(b, 9);
            b ^= a;
            a = BitOperations.RotateLeft(a, 27);
            a += b;
            b = BitOperations.RotateLeft(b, 19);
        }

        return a ^ b;
    }
}
