namespace MlContainerBuild.Checks.Tests.Images;

/// <summary>Secret-shaped values, made at run time so that no file of this repository holds one.</summary>
internal static class Made
{
    public const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public const string Alphanumeric = Letters + "0123456789";

    public static string HuggingFaceToken { get; } = "hf_" + Random(Letters, 34);

    public static string AwsKeyId { get; } = "AKIA" + Random("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);

    public static string ApiKey { get; } = Random(Alphanumeric, 40);

    public static string Password { get; } = "Wq7!" + Random(Alphanumeric, 9);

    /// <summary>The same characters for the same length.</summary>
    public static string Random(string characters, int length)
    {
        var random = new Random(length);
        return string.Create(length, characters, (text, source) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = source[random.Next(source.Length)];
            }
        });
    }
}
