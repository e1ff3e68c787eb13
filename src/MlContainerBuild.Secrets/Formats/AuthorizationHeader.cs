using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>
/// The credential of a request: <c>Authorization: Bearer …</c> as a command, a list of headers or a literal in code writes it.
/// Only the words around it tell, so it must look random; basic authentication is decoded.
/// </summary>
internal static class AuthorizationHeader
{
    private const int MaxGap = 12, MaxCredential = 600;

    private static readonly ByteClass Gap = ByteClass.Parse(" \t\"'`=:,\\[]$>");
    private static readonly ByteClass Scheme = ByteClass.Parse("A-Za-z-");
    private static readonly ByteClass Credential = ByteClass.Parse("A-Za-z0-9_.~+/=-");
    private static readonly ByteClass Template = ByteClass.Parse("{}$<>(*%");
    private static readonly HashSet<ulong> Schemes = FoldedName.Set("bearer", "token", "basic", "apikey", "bot", "key");

    public static Located Locate(ReadOnlySpan<byte> text, int literal)
    {
        int name = literal + "authorization".Length;
        int scheme = Gap.RunEnd(text, name, name + MaxGap);
        if (text.Slice(name, scheme - name).IndexOfAny((byte)':', (byte)'=', (byte)',') < 0)
            return Located.Nothing;

        int schemeEnd = Scheme.RunEnd(text, scheme, scheme + 16);
        int start = schemeEnd + 1;
        if (start >= text.Length || text[schemeEnd] != ' ' || !Schemes.Contains(FoldedName.Hash(text.Slice(scheme, schemeEnd - scheme))))
            return Located.Nothing;

        int end = Credential.RunEnd(text, start, start + MaxCredential);
        if (end < text.Length && Template.Contains(text[end]))
            return Located.Nothing;

        while (end > start && text[end - 1] == '.')
            end--;
        var value = text.Slice(start, end - start);
        bool isBasic = AsciiText.StartsWith(text.Slice(scheme), "basic");
        bool isSecret = isBasic ? BasicLogin.IsIn(value) : KeyValue.IsSecret(Encoding.ASCII.GetString(value.ToArray()), CredentialKind.Key);
        return isSecret ? Located.Between(start, end) : Located.Nothing;
    }
}
