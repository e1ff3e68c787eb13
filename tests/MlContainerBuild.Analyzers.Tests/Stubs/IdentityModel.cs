// Package Microsoft.IdentityModel.Tokens.
namespace Microsoft.IdentityModel.Tokens;

public abstract class SecurityKey;

public class SymmetricSecurityKey(byte[] key) : SecurityKey
{
    public byte[] Key { get; } = key;
}

public class SigningCredentials(SecurityKey key, string algorithm)
{
    public SecurityKey Key { get; } = key;
    public string Algorithm { get; } = algorithm;
}
