using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary><c>user:password</c> in base64, as basic authentication and Docker's logins have it. Some services leave the user out.</summary>
internal static class BasicLogin
{
    private static readonly ByteClass Printable = ByteClass.Parse(" -~");

    public static bool IsIn(ReadOnlySpan<byte> base64)
    {
        Span<byte> pair = stackalloc byte[256];
        pair = pair.Slice(0, Base64Text.Decode(base64, pair));
        int colon = pair.IndexOf((byte)':');
        return colon >= 0
            && Printable.RunEnd(pair, 0, pair.Length) == pair.Length
            && PasswordValue.IsSecret(Encoding.ASCII.GetString(pair.Slice(colon + 1).ToArray()));
    }
}
