using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>
/// Secrets whose form shows only when the text is decoded: keys in DER or PEM behind base64, an RSA key as XML, and whatever
/// <c>Convert.FromBase64String</c> is given.
/// </summary>
internal static class EncodedSecret
{
    private const int ShortestText = 20, ShortestKey = 60, LongestText = 64 * 1024;

    private static readonly SecretFormat RsaKeyInXml = new()
    {
        Id = "private-key",
        Name = "RSA private key",
        Source = "https://learn.microsoft.com/dotnet/api/system.security.cryptography.rsa.toxmlstring",
    };

    /// <summary>The format of the secret behind the text; null when there is none.</summary>
    internal static SecretFormat? Find(KnownText known, IOperation expression) =>
        known.IsConstant && known.Pieces.Any(piece => piece.IsLiteral) ? Find(known.Text, expression) : null;

    /// <param name="expression">The literal, or what puts the text together.</param>
    internal static SecretFormat? Find(string text, IOperation expression)
    {
        if (text.Length is < ShortestText or > LongestText)
            return null;

        if (DerKey.Recognize(text.AsSpan()) is { } key)
            return key;

        if (text[0] == '<')
            return IsRsaKeyInXml(text) ? RsaKeyInXml : null;

        // "-----BEGIN " in base64
        return text.StartsWith("LS0tLS1CRUdJTi", StringComparison.Ordinal) || IsDecoded(expression) ? Decode(text) : null;
    }

    /// <summary><c>RSA.FromXmlString</c>: the private exponent.</summary>
    private static bool IsRsaKeyInXml(string text) =>
        text.StartsWith("<RSAKeyValue>", StringComparison.Ordinal)
        && text.IndexOf("<D>", StringComparison.Ordinal) is > 0 and int exponent
        && text.IndexOf("</D>", exponent, StringComparison.Ordinal) - exponent > ShortestKey;

    private static bool IsDecoded(IOperation expression) =>
        expression.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "FromBase64String", ContainingType.Name: "Convert" } } };

    private static SecretFormat? Decode(string text)
    {
        byte[] ascii = Encoding.ASCII.GetBytes(text);
        byte[] bytes = new byte[ascii.Length];
        int length = Base64Text.Decode(ascii, bytes);
        var matches = SecretScanner.Scan(bytes.AsSpan(0, length));
        return matches.Count > 0 ? matches[0].Format : null;
    }
}
