namespace MlContainerBuild.Secrets;

/// <summary>The words of a name: <c>ClientSecret</c>, <c>client_secret</c>, <c>CLIENT-SECRET</c> and <c>Client:Secret</c> are all "client", "secret".</summary>
internal static class NameWords
{
    /// <summary>Lower-case words; a change from lower to upper case starts one, digits stay with the letters before them.</summary>
    public static List<string> Split(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool ends = i == name.Length || !char.IsLetterOrDigit(name[i]);
            if (ends || (i > start && StartsWord(name, i)))
            {
                if (i > start)
                    words.Add(name.Substring(start, i - start).ToLowerInvariant());
                start = ends ? i + 1 : i;
            }
        }

        return words;
    }

    /// <summary>"apiKey" breaks before K, "APIKey" too (an upper-case letter that a lower-case one follows), "APIKEY" does not.</summary>
    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
