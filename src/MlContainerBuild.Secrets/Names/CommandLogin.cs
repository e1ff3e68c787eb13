namespace MlContainerBuild.Secrets;

/// <summary>
/// Passwords in command lines that only the program's own syntax tells: <c>curl -u user:password</c>, <c>docker login -p password</c>,
/// <c>mysql -ppassword</c>.
/// </summary>
internal static class CommandLogin
{
    private static readonly Dictionary<string, Program> Programs = new(StringComparer.Ordinal)
    {
        ["curl"] = new("-u", "-U", "--user", "--proxy-user") { HasUser = true },
        ["login"] = new("-p"), // of docker, podman, helm registry, crane auth
        ["sshpass"] = new("-p"),
        ["redis-cli"] = new("-a"),
        ["mysql"] = new("-p") { IsAttached = true },
        ["mysqldump"] = new("-p") { IsAttached = true },
        ["mariadb"] = new("-p") { IsAttached = true },
    };

    /// <summary>Where the passwords stand, in order. References such as <c>$PASSWORD</c> are left out.</summary>
    public static IEnumerable<(int Start, int Length)> Passwords(string text)
    {
        Program? program = null;
        bool isValue = false;
        for (int at = 0; at < text.Length;)
        {
            if (EndsCommand(text, at))
                (program, isValue) = (null, false);

            int start = at, end = WordEnd(text, ref start);
            at = end == at || start > at ? end + 1 : end;
            if (end == start)
                continue;

            string word = text.Substring(start, end - start);
            int value = isValue ? 0 : program?.ValueIn(word) ?? -1;
            isValue = value == word.Length;
            if (value < 0)
                program = Programs.TryGetValue(word.Substring(word.LastIndexOf('/') + 1), out Program? named) ? named : program;
            else if (program!.HasUser)
                value = word.IndexOf(':', value) is >= 0 and var colon ? colon + 1 : word.Length;

            if (value >= 0 && value < word.Length && !Placeholder.IsReference(word.Substring(value)))
                yield return (start + value, word.Length - value);
        }
    }

    private static bool EndsCommand(string text, int at) => text[at] is ';' or '|' or '&' || (text[at] == '\n' && !(at > 0 && text[at - 1] == '\\'));

    /// <summary>The end of the word that starts at <paramref name="start"/>, in quotes or up to a blank; the start where there is none.</summary>
    private static int WordEnd(string text, ref int start)
    {
        if (text[start] is '"' or '\'')
        {
            int close = text.IndexOf(text[start++], start);
            return close < 0 ? text.Length : close;
        }

        int end = start;
        while (end < text.Length && text[end] is not (' ' or '\t' or '\r' or '\n' or '"' or '\'' or ';' or '|' or '&' or '(' or ')' or '[' or ']') && !(text[end] == ',' && end == start))
            end++;
        return end;
    }

    private sealed class Program(params string[] options)
    {
        /// <summary>Whether a user and a colon come before the password.</summary>
        public bool HasUser { get; init; }

        /// <summary>Whether the password must follow the option without a blank.</summary>
        public bool IsAttached { get; init; }

        /// <summary>Where in the word the value of the option starts; its end where the next word is the value; -1 for any other word.</summary>
        public int ValueIn(string word)
        {
            foreach (string option in options)
            {
                if (word == option)
                    return IsAttached ? -1 : word.Length;
                if (word.StartsWith(option, StringComparison.Ordinal) && (option.Length == 2 || word[option.Length] == '='))
                    return option.Length == 2 ? option.Length : option.Length + 1;

                // "-sSu": short options put together.
                if (option.Length == 2 && word.Length > 2 && word[0] == '-' && word[1] != '-' && word[word.Length - 1] == option[1] && word.Skip(1).All(char.IsLetter) && !IsAttached)
                    return word.Length;
            }

            return -1;
        }
    }
}
