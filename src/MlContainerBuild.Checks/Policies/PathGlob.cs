using System.Diagnostics.CodeAnalysis;

namespace MlContainerBuild.Checks.Policies;

/// <summary>
/// A pattern over relative paths with <c>/</c> between their components. <c>*</c> stands for any characters within a
/// component, <c>?</c> for one, and a component <c>**</c> for any number of components. Everything else is literal and
/// case-sensitive, as in a Git tree.
/// </summary>
public sealed record PathGlob
{
    private readonly string[] components;

    private PathGlob(string pattern)
    {
        Pattern = pattern;

        // "deploy/**" means what is below deploy, not a file of that name.
        components = (pattern == "**" || pattern.EndsWith("/**", StringComparison.Ordinal) ? pattern + "/*" : pattern).Split('/');
    }

    /// <summary>The pattern as written.</summary>
    public string Pattern { get; }

    /// <summary>Whether the pattern can match one path only.</summary>
    public bool IsLiteral => Pattern.AsSpan().IndexOfAny('*', '?') < 0;

    /// <summary>Reads a pattern; false with the reason, as the end of a sentence that began with the pattern.</summary>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out PathGlob? glob, [NotNullWhen(false)] out string? error)
    {
        error = FindError(pattern);
        glob = error is null ? new PathGlob(pattern) : null;
        return error is null;
    }

    /// <summary>Whether a relative path with <c>/</c> between its components matches.</summary>
    public bool IsMatch(string relativePath)
    {
        string[] path = relativePath.Split('/');

        // Only the last "**" ever has to be tried again, so the cost is bounded by the product of both lengths.
        int pattern = 0, item = 0, lastAny = -1, resume = 0;
        while (item < path.Length)
        {
            if (pattern < components.Length && components[pattern] == "**")
            {
                lastAny = pattern++;
                resume = item;
            }
            else if (pattern < components.Length && IsComponentMatch(components[pattern], path[item]))
            {
                pattern++;
                item++;
            }
            else if (lastAny >= 0)
            {
                pattern = lastAny + 1;
                item = ++resume;
            }
            else
            {
                return false;
            }
        }

        return components.AsSpan(pattern).IndexOfAnyExcept("**") < 0;
    }

    public bool Equals(PathGlob? other) => other is not null && Pattern == other.Pattern;

    public override int GetHashCode() => Pattern.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Pattern;

    private static bool IsComponentMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int at = 0, position = 0, lastStar = -1, resume = 0;
        while (position < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                lastStar = at++;
                resume = position;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[position]))
            {
                at++;
                position++;
            }
            else if (lastStar >= 0)
            {
                at = lastStar + 1;
                position = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept('*') < 0;
    }

    // A form that other tools read differently is refused: a pattern that matches less, or more, than its author meant
    // is worse than none.
    private static string? FindError(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny('\\', '[', '{') >= 0 || pattern.StartsWith('!'))
            return "uses a character that is not part of a path pattern here; only '*', '**' and '?' are special, and '/' separates";

        if (pattern.Any(char.IsControl))
            return "holds a control character";

        foreach (string component in pattern.Split('/'))
        {
            if (component.Length == 0)
            {
                return pattern.Length == 0
                    ? "is empty"
                    : "has an empty component; a pattern is relative and, for a whole directory, ends with '/**'";
            }

            if (component is "." or "..")
                return "has a '.' or '..' component; it is relative to the directory of the policy file and stays within it";

            if (component != "**" && component.Contains("**", StringComparison.Ordinal))
                return "has '**' within a component; it stands alone between slashes";
        }

        return pattern.Length >= 2 && pattern[1] == ':' ? "begins with a drive; it is relative to the directory of the policy file" : null;
    }
}
