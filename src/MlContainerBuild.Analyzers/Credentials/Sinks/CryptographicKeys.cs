namespace MlContainerBuild.Analyzers.Credentials.Sinks;

/// <summary>Keys that sign or encrypt.</summary>
internal static class CryptographicKeys
{
    internal static readonly CredentialSink[] Sinks =
    [
        new("Microsoft.IdentityModel.Tokens.SymmetricSecurityKey", SinkKind.CryptographicKey, "key"),
        new("JWT.*", SinkKind.CryptographicKey, "key secret"),
        new("Jose.*", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.AesCcm", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.AesGcm", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.ChaCha20Poly1305", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.HMACMD5", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.HMACSHA1", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.HMACSHA256", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.HMACSHA384", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.HMACSHA512", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.HMACSHA3_256", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.HMACSHA3_384", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.HMACSHA3_512", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.HMAC", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.KeyedHashAlgorithm", SinkKind.CryptographicKey, "key"),
        new("System.Security.Cryptography.PasswordDeriveBytes", SinkKind.CryptographicKey, "password"),
        new("System.Security.Cryptography.Rfc2898DeriveBytes", SinkKind.CryptographicKey, "password"),
        new("System.Security.Cryptography.SymmetricAlgorithm", SinkKind.CryptographicKey, "key rgbKey"),
        new("System.Security.Cryptography.Aes", SinkKind.CryptographicKey, "key rgbKey"),
        new("System.Security.Cryptography.AesManaged", SinkKind.CryptographicKey, "key rgbKey"),
        new("System.Security.Cryptography.AesCryptoServiceProvider", SinkKind.CryptographicKey, "key rgbKey"),
        new("System.Security.Cryptography.DES", SinkKind.CryptographicKey, "key rgbKey"),
        new("System.Security.Cryptography.DESCryptoServiceProvider", SinkKind.CryptographicKey, "key rgbKey"),
        new("System.Security.Cryptography.TripleDES", SinkKind.CryptographicKey, "key rgbKey"),
        new("System.Security.Cryptography.TripleDESCryptoServiceProvider", SinkKind.CryptographicKey, "key rgbKey"),
        new("System.Security.Cryptography.RijndaelManaged", SinkKind.CryptographicKey, "key rgbKey"),
    ];
}
