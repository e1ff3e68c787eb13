namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>Settings of files with one on a line: <c>.env</c>, <c>.ini</c>, <c>.properties</c>, TOML, and YAML that is a template.</summary>
internal static class LineSettings
{
    public static List<PublishedSetting> Read(string text)
    {
        var settings = new List<PublishedSetting>();
        SettingPath? section = null;
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> content = line.Trim();
            if (content.IsEmpty || content[0] is '#' or ';' or '!' || content.StartsWith("//"))
                continue;

            if (content[0] == '[' && content[^1] == ']')
                section = new SettingPath(null, content.Trim("[]").Trim("\"' ").ToString());
            else if (ReadPair(line, section, number) is { } setting)
                settings.Add(setting);
        }

        return settings;
    }

    private static PublishedSetting? ReadPair(ReadOnlySpan<char> line, SettingPath? section, int number)
    {
        int separator = line.IndexOfAny('=', ':');
        if (separator <= 0)
            return null;

        ReadOnlySpan<char> name = line[..separator].Trim().TrimStart("-").Trim();
        if (name.StartsWith("export ", StringComparison.Ordinal))
            name = name[7..].TrimStart();

        name = name.Trim("\"'");
        int start = separator + 1;
        while (start < line.Length && line[start] is ' ' or '\t')
            start++;

        int end = EndOfValue(line, start);
        if (name.IsEmpty || end <= start)
            return null;

        bool isQuoted = line[start] is '"' or '\'' && end - start >= 2 && line[end - 1] == line[start];
        ReadOnlySpan<char> value = isQuoted ? line[(start + 1)..(end - 1)] : line[start..end];
        return new PublishedSetting(new SettingPath(section, name.ToString()), value.ToString(), new(number, start + 1), new(number, end + 1));
    }

    private static int EndOfValue(ReadOnlySpan<char> line, int start)
    {
        if (start < line.Length && line[start] is '"' or '\'')
        {
            int close = line[(start + 1)..].IndexOf(line[start]);
            if (close >= 0)
                return start + close + 2;
        }

        // A comment behind a value begins after a blank; without one '#' may be part of a password.
        int comment = line[start..].IndexOf(" #");
        return comment < 0 ? line.TrimEnd().Length : start + line.Slice(start, comment).TrimEnd().Length;
    }
}
