namespace MlContainerBuild.Secrets;

/// <summary>GitLab's tokens. An instance may put a prefix of its own before them, as in <c>ACME-glpat-</c>.</summary>
internal static class GitLabToken
{
    private const int MaxInstancePrefix = 20, MinBody = 20, MaxBody = 320;

    private static readonly ByteClass Body = ByteClass.Parse("A-Za-z0-9_.-");

    public static Located Locate(ReadOnlySpan<byte> text, int literal)
    {
        if (literal > 0 && ByteClass.Alphanumeric.Contains(text[literal - 1]) && !EscapeSequence.EndsAt(text, literal))
            return Located.Nothing;
        if (literal > 0 && text[literal - 1] == '-')
        {
            // Deeper in a hyphenated word than one prefix: no token, and no reason to read that word again for each hit.
            int prefix = ByteClass.Alphanumeric.RunStart(text, literal - 1, literal - 1 - MaxInstancePrefix);
            if (prefix > 0 && Body.Contains(text[prefix - 1]))
                return Located.Nothing;
        }

        int body = literal + text.Slice(literal).IndexOf((byte)'-') + 1;
        int end = Body.RunEnd(text, body, body + MaxBody);

        // What ends a sentence is no part of it, but the shortest token may end so.
        while (end - body > MinBody && text[end - 1] is (byte)'.' or (byte)'-')
            end--;
        return end - body < MinBody ? Located.Nothing : Located.Between(literal, end);
    }
}
