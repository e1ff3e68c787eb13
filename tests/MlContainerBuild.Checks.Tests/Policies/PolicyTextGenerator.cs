using System.Text;

namespace MlContainerBuild.Checks.Tests.Policies;

/// <summary>Makes policies that are nearly right: each value is usually one of its kind and sometimes something else.</summary>
internal sealed class PolicyTextGenerator(int seed)
{
    private static readonly string[] Odd =
        ["", "~", "null", "true", "False", "0", "1", "-3", "1.0", "1e2", "0x1F", "0o17", ".5", "1.", ".inf", "12e03", "text", "'1'", "\"\"", "[]", "{}", "[a]", "{a: b}", "|\n      text", "2027-01-01", "x: y".Replace(": ", ":", StringComparison.Ordinal)];

    private readonly Random random = new(seed);

    public string NextDocument()
    {
        var text = new StringBuilder();
        if (Often())
            text.Append("version: ").AppendLine(Value("1"));

        Section(text, "profile", () => Value("service", "gpu-infra"));
        Section(text, "failOn", () => Value("error", "warning", "info", "none"));
        Section(text, "images", () => Mapping(("allowedRegistries", () => List("mcr.microsoft.com", "nvcr.io", "localhost:5000", "a.b:1", "registry", "docker.io", "index.docker.io", "a..b", "-.-")), ("maxBaseAgeDays", () => Value("90", "1", "36500", "36501"))));
        Section(text, "rules", () => Mapping(("MLC3001", Severity), ("MLC9009", Severity), ("MLC2001", Severity), ("MLC3002", Severity)));
        Section(text, "files", () => Mapping(("include", Patterns), ("exclude", Patterns)));
        Section(text, "secrets", () => Mapping(("allow", Patterns)));
        Section(text, "exceptions", () => $"\n  - {Exception()}\n  - {Exception()}");
        return text.Length == 0 ? "{}" : text.ToString();
    }

    /// <summary>The text with a few characters removed, doubled, swapped or replaced.</summary>
    public string Mutate(string text)
    {
        const string characters = "\t\n\r\0 :-[]{}&*!|>'\"%@`#,?<~.\u0085\u2028\uFEFF\uD800\u001Baé1";
        var mutated = new StringBuilder(text);
        for (int i = random.Next(1, 8); i > 0 && mutated.Length > 0; i--)
        {
            int at = random.Next(mutated.Length);
            switch (random.Next(4))
            {
                case 0:
                    mutated.Remove(at, Math.Min(random.Next(1, 6), mutated.Length - at));
                    break;
                case 1:
                    mutated.Insert(at, characters[random.Next(characters.Length)]);
                    break;
                case 2:
                    mutated.Insert(at, mutated.ToString(at, Math.Min(random.Next(1, 40), mutated.Length - at)));
                    break;
                default:
                    mutated[at] = characters[random.Next(characters.Length)];
                    break;
            }
        }

        return mutated.ToString();
    }

    private bool Often() => random.Next(10) < 9;

    private void Section(StringBuilder text, string key, Func<string> value)
    {
        if (random.Next(3) == 0)
            text.Append(random.Next(40) == 0 ? key + "x" : key).Append(": ").AppendLine(random.Next(40) == 0 ? Odd[random.Next(Odd.Length)] : value());
    }

    private string Value(params string[] usual) => random.Next(25) == 0 ? Odd[random.Next(Odd.Length)] : usual[random.Next(usual.Length)];

    private string Severity() => Value("error", "warning", "info", "none");

    private string Patterns() => List("deploy/**", "a", "'**'", "'*'", "a/*/b", "./a", "/a", "a//b", "a/..", "a/...", "..a", "'a**'", "x?y", "a:b", "ab:c");

    private string List(params string[] usual) => $"\n    - {Value(usual)}\n    - {Value(usual)}";

    private string Mapping(params (string Key, Func<string> Value)[] entries) =>
        string.Concat(entries.Where(_ => random.Next(3) > 0).Select(entry => $"\n  {entry.Key}: {entry.Value()}").DefaultIfEmpty("{}"));

    private string Exception()
    {
        var text = new StringBuilder("rule: ").Append(Value("MLC3001", "MLC3010", "MLC9005", "MLC2001"));
        if (Often())
            text.Append("\n    path: ").Append(Value("a.csproj", "deploy/**"));

        if (Often())
            text.Append("\n    reason: ").Append(Value("because", "\"\""));

        if (Often())
            text.Append("\n    expires: ").Append(Value("2027-01-31", "2024-02-29", "2023-02-29", "2027-1-1"));

        return text.ToString();
    }
}
