using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.HardCodedCredentialAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>MLC1004.</summary>
public sealed class HardCodedKeyTests
{
    private static string Class(string members) =>
        $$"""
        using System.Security.Cryptography;
        using System.Text;
        using Microsoft.IdentityModel.Tokens;

        class Tokens
        {
            static void Use(object value) { }
            {{members}}
        }
        """;

    [Theory]
    [InlineData("""void Run() => Use(new SymmetricSecurityKey(Encoding.UTF8.GetBytes({|MLC1004:"superSecretKey@345"|})));""")]
    [InlineData("""void Run() => Use(new SymmetricSecurityKey(Encoding.UTF8.GetBytes({|MLC1004:"this is my custom Secret key for authentication"|})));""")]
    [InlineData("""void Run() => Use(new SymmetricSecurityKey(Encoding.ASCII.GetBytes({|MLC1004:"your-256-bit-secret-your-256-bit-secret"|})));""")]
    [InlineData("""void Run() => Use(new SymmetricSecurityKey(Convert.FromBase64String({|MLC1004:"c3VwZXJTZWNyZXRLZXlAMzQ1"|})));""")]
    [InlineData("""void Run() => Use(new SymmetricSecurityKey({|MLC1004:"superSecretKey@345"u8|}.ToArray()));""")]
    [InlineData("""const string Key = {|MLC1004:"superSecretKey@345"|}; void Run() => Use(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key)));""")]
    [InlineData("""static readonly byte[] Key = Encoding.UTF8.GetBytes({|MLC1004:"superSecretKey@345"|}); void Run() => Use(new SymmetricSecurityKey(Key));""")]
    [InlineData("""void Run() { var key = Encoding.UTF8.GetBytes({|MLC1004:"superSecretKey@345"|}); Use(new SigningCredentials(new SymmetricSecurityKey(key), "HS256")); }""")]
    [InlineData("""void Run() => Use(new HMACSHA256(Encoding.UTF8.GetBytes({|MLC1004:"superSecretKey@345"|})));""")]
    [InlineData("""byte[] Run(byte[] text) => HMACSHA512.HashData(Encoding.UTF8.GetBytes({|MLC1004:"superSecretKey@345"|}), text);""")]
    [InlineData("""void Run() { using var aes = Aes.Create(); aes.Key = Encoding.UTF8.GetBytes({|MLC1004:"0123456789abcdef"|}); }""")]
    [InlineData("""void Run() { using var aes = Aes.Create(); aes.Key = {|MLC1004:new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }|}; }""")]
    [InlineData("""static readonly byte[] Key = {|MLC1004:[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]|}; void Run() => Use(new AesGcm(Key, 16));""")]
    [InlineData("""void Run(Aes aes, byte[] iv) => Use(aes.CreateEncryptor(Encoding.UTF8.GetBytes({|MLC1004:"0123456789abcdef"|}), iv));""")]
    [InlineData("""byte[] Run(byte[] salt) => Rfc2898DeriveBytes.Pbkdf2({|MLC1004:"superSecretKey@345"|}, salt, 100_000, HashAlgorithmName.SHA256, 32);""")]
    public Task ConstantKey_Triggers(string members) => Verify.VerifyAnalyzerAsync(Class(members));

    [Theory]
    [InlineData("""void Run(string key) => Use(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)));""")]
    [InlineData("""void Run() => Use(new SymmetricSecurityKey(Convert.FromBase64String(Environment.GetEnvironmentVariable("JWT_KEY")!)));""")]
    [InlineData("""void Run() => Use(new HMACSHA256(RandomNumberGenerator.GetBytes(32)));""")]
    [InlineData("""void Run() => Use(new HMACSHA256());""")]
    [InlineData("""void Run(Aes aes) { aes.IV = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }; }""")]
    [InlineData("""byte[] Run(string password) => Rfc2898DeriveBytes.Pbkdf2(password, "a fixed salt"u8, 100_000, HashAlgorithmName.SHA256, 32);""")]
    [InlineData("""byte[] Run() => SHA256.HashData(Encoding.UTF8.GetBytes("superSecretKey@345"));""")]
    [InlineData("""void Run(Aes aes) => aes.Key = new byte[32];""")]
    [InlineData("""void Run() => Use(Encoding.UTF8.GetBytes("superSecretKey@345"));""")]
    public Task KeyFromElsewhereSaltOrHash_DoesNotTrigger(string members) => Verify.VerifyAnalyzerAsync(Class(members));

    [Fact]
    public Task TestProject_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(Class("""[Xunit.Fact] void Run() => Use(new HMACSHA256(Encoding.UTF8.GetBytes("superSecretKey@345")));""") + " namespace Xunit { class FactAttribute : Attribute; }");
}
