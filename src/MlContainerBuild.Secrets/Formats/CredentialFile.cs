using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>Passwords and tokens in files of tools whose syntax, not the secret's form, gives them away.</summary>
internal static class CredentialFile
{
    private static readonly ByteClass Blank = ByteClass.Parse(" \t\r\n");
    private static readonly ByteClass Word = ByteClass.Parse("!-~");
    private static readonly ByteClass Gap = ByteClass.Parse(" \t\"=:'\\");

    /// <summary><c>machine host login user password …</c> of .netrc; the words stand on one line or several.</summary>
    public static Located LocateInNetrc(ReadOnlySpan<byte> text, int literal)
    {
        int userEnd = Blank.RunStart(text, literal, literal - 8);
        int user = Word.RunStart(text, userEnd, userEnd - 80);
        int loginEnd = Blank.RunStart(text, user, user - 8);
        if (userEnd == literal || loginEnd == user || !text.Slice(0, loginEnd).EndsWith("login"u8))
            return Located.Nothing;
        int key = literal + "password".Length;
        int start = Blank.RunEnd(text, key, key + 8);
        int end = Word.RunEnd(text, start, start + 256);
        return start > key && PasswordValue.IsSecret(Ascii(text.Slice(start, end - start))) ? Located.Between(start, end) : Located.Nothing;
    }

    /// <summary><c>"auth": "…"</c> of Docker's config.json: base64 of user and password.</summary>
    public static Located LocateInDockerConfig(ReadOnlySpan<byte> text, int literal)
    {
        int start = KeyedValue.Start(text, literal + "\"auth\"".Length);
        if (start < 0)
            return Located.Nothing;
        int end = ByteClass.Base64.RunEnd(text, start, start + 2048);
        while (end < text.Length && text[end] == '=')
            end++;
        if (end - start < 12 || end == text.Length || text[end] is not ((byte)'"' or (byte)'\\'))
            return Located.Nothing;
        return BasicLogin.IsIn(text.Slice(start, end - start)) ? Located.Between(start, end) : Located.Nothing;
    }

    /// <summary><c>//registry/:_authToken=…</c> and <c>_password=…</c> of .npmrc.</summary>
    public static Located LocateInNpmrc(ReadOnlySpan<byte> text, int literal)
    {
        int equals = text.Slice(literal, Math.Min(16, text.Length - literal)).IndexOf((byte)'=');
        if (equals < 0)
            return Located.Nothing;
        return Value(text, literal + equals + 1);
    }

    /// <summary><c>&lt;add key="ClearTextPassword" value="…" /&gt;</c> of nuget.config.</summary>
    public static Located LocateInNuGetConfig(ReadOnlySpan<byte> text, int literal)
    {
        int value = text.Slice(literal, Math.Min(64, text.Length - literal)).IndexOf("value"u8);
        return value < 0 ? Located.Nothing : Value(text, literal + value + "value".Length);
    }

    /// <summary><c>{"username":"…","key":"…"}</c> of kaggle.json.</summary>
    public static Located LocateInKaggleJson(ReadOnlySpan<byte> text, int literal)
    {
        int key = text.Slice(literal, Math.Min(96, text.Length - literal)).IndexOf("\"key\""u8);
        int start = key < 0 ? -1 : KeyedValue.Start(text, literal + key + "\"key\"".Length);
        return start > 0 && ByteClass.Hex.RunEnd(text, start, start + 33) == start + 32 ? Located.Between(start, start + 32) : Located.Nothing;
    }

    private static Located Value(ReadOnlySpan<byte> text, int at)
    {
        int start = Gap.RunEnd(text, at, at + 8), end = start;
        while (end < text.Length && end - start < 512 && text[end] > ' ' && text[end] is not ((byte)'"' or (byte)'\'' or (byte)'<' or (byte)'\\'))
            end++;
        return PasswordValue.IsSecret(Ascii(text.Slice(start, end - start))) ? Located.Between(start, end) : Located.Nothing;
    }

    private static string Ascii(ReadOnlySpan<byte> text) => Encoding.ASCII.GetString(text.ToArray());
}
