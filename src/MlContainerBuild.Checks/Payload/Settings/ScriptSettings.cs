using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>Assignments and options in scripts: <c>export HF_TOKEN=…</c>, <c>--api-key …</c>, <c>password="…"</c>.</summary>
internal static class ScriptSettings
{
    private const string EnvironmentPrefix = "$env.";

    // Longer lines are data or minified, not written by a person.
    private const int MaxLine = 4096;

    /// <summary>Every value but those that name a variable: in shells a bare word is one.</summary>
    public static List<PublishedSetting> ReadShell(string text) => Read(text, Logins, static (line, value) =>
        !NamesVariable(line.AsSpan(value.ValueStart, value.ValueLength)) && !IsVariable(line, value));

    /// <summary>Only literals: in a programming language a bare word is a name or a call.</summary>
    public static List<PublishedSetting> ReadCode(string text) => Read(text, static _ => [], static (line, value) => value.ValueStart > 0 && line[value.ValueStart - 1] is '"' or '\'');

    /// <summary><c>docker login -p …</c>, <c>curl -u user:…</c></summary>
    private static IEnumerable<NamedValue> Logins(string line) => CommandLogin.Passwords(line).Select(static login => new NamedValue("password", login.Start, login.Length));

    private static List<PublishedSetting> Read(string text, Func<string, IEnumerable<NamedValue>> logins, Func<string, NamedValue, bool> accepts)
    {
        var settings = new List<PublishedSetting>();
        int number = 0;
        foreach (ReadOnlySpan<char> span in text.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> start = span.TrimStart();
            bool isComment = start.StartsWith("#") || start.StartsWith("//") || start.StartsWith("::") || start.StartsWith("REM ", StringComparison.OrdinalIgnoreCase);
            if (isComment || span.Length > MaxLine || span.IndexOfAny('=', ':', '-') < 0)
                continue;

            // PowerShell's drive of variables: "$env:HF_TOKEN" is one name.
            string line = span.ToString().Replace("$env:", EnvironmentPrefix, StringComparison.OrdinalIgnoreCase);
            foreach (NamedValue value in NamedValueReader.Read(line).Concat(logins(line)))
            {
                if (accepts(line, value))
                    settings.Add(new PublishedSetting(new SettingPath(null, WithoutPrefix(value.Name)), line.Substring(value.ValueStart, value.ValueLength), new(number, value.ValueStart + 1), new(number, value.ValueEnd + 1)));
            }
        }

        return settings;
    }

    // "$PWD:/data" is a value with a variable in it, and no name of another.
    private static bool IsVariable(string line, NamedValue value)
    {
        int name = line.LastIndexOf(value.Name, value.ValueStart, StringComparison.Ordinal);
        return name > 0 && line[name - 1] is '$' or '{' or '%' && !line.AsSpan(name).StartsWith("env.", StringComparison.Ordinal);
    }

    private static bool NamesVariable(ReadOnlySpan<char> value)
    {
        int dollar = value.IndexOf('$');
        return dollar >= 0 && dollar + 1 < value.Length && (char.IsLetterOrDigit(value[dollar + 1]) || value[dollar + 1] is '_' or '{' or '(');
    }

    private static string WithoutPrefix(string name) => name.StartsWith(EnvironmentPrefix[1..], StringComparison.Ordinal) ? name[(EnvironmentPrefix.Length - 1)..] : name;
}
