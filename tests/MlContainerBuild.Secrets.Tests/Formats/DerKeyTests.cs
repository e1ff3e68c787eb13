using System.Security.Cryptography;

namespace MlContainerBuild.Secrets.Tests;

public class DerKeyTests
{
    [Fact]
    public void PrivateKeyOfEveryKind_IsRecognized()
    {
        using var rsa = RSA.Create(1024);
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        string[] keys =
        [
            Convert.ToBase64String(rsa.ExportPkcs8PrivateKey()),
            Convert.ToBase64String(rsa.ExportRSAPrivateKey()),
            Convert.ToBase64String(elliptic.ExportPkcs8PrivateKey()),
            Convert.ToBase64String(elliptic.ExportECPrivateKey()),
            Convert.ToBase64String(rsa.ExportPkcs8PrivateKey(), Base64FormattingOptions.InsertLineBreaks),
        ];
        Assert.All(keys, key => Assert.NotNull(DerKey.Recognize(key)));
    }

    [Fact]
    public void PublicOrDamagedKey_IsNone()
    {
        using var rsa = RSA.Create(1024);
        string key = Convert.ToBase64String(rsa.ExportPkcs8PrivateKey());
        string[] others =
        [
            Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()),
            Convert.ToBase64String(rsa.ExportRSAPublicKey()),
            key[..^8],
            key + key,
            key.Replace('M', '!'),
            new('M', 500),
            "",
        ];
        Assert.All(others, other => Assert.Null(DerKey.Recognize(other)));
    }

    /// <summary>Whatever follows the first letter, it neither throws nor takes it for a key.</summary>
    [Fact]
    public void RandomText_IsNone()
    {
        for (int seed = 0; seed < 2000; seed++)
            Assert.Null(DerKey.Recognize("M" + Made.Random(Made.Base64Characters, 60 + (seed % 90), seed)));
    }
}
