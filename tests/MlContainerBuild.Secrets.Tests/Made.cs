using System.Text;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>Secret-shaped values, made at run time so that no file of this repository holds one. The same seed makes the same value.</summary>
internal static class Made
{
    public const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    public const string Digits = "0123456789";
    public const string Alphanumeric = Letters + Digits;
    public const string Base64Characters = Alphanumeric + "+/";
    public const string Base64UrlCharacters = Alphanumeric + "_-";
    public const string HexDigits = "0123456789abcdef";
    public const string LowerBase32 = "abcdefghijklmnopqrstuvwxyz234567";
    public const string UpperBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Random(string characters, int length, int seed = 1)
    {
        var random = new Random((seed * 1_000_003) + length);
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++)
            text.Append(characters[random.Next(characters.Length)]);
        return text.ToString();
    }

    public static string HuggingFaceToken(int seed = 1) => "hf_" + Random(Letters, 34, seed);

    public static string GitHubToken(int seed = 1) => "ghp_" + Random(Alphanumeric, 36, seed);

    public static string JsonWebToken(string header = """{"alg":"HS256","typ":"JWT"}""") =>
        Base64Url(header) + "." + Base64Url("""{"sub":"svc-models","iat":1730000000}""") + "." + Random(Base64UrlCharacters, 43);

    public static string PrivateKey(string label = "PRIVATE KEY", string lineBreak = "\n") =>
        $"-----BEGIN {label}-----{lineBreak}{Random(Base64Characters, 64)}{lineBreak}{Random(Base64Characters, 40, 2)}{lineBreak}-----END {label}-----";

    public static string Password(int seed = 1) => "Wq7!" + Random(Alphanumeric, 9, seed);

    private static string Base64Url(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
