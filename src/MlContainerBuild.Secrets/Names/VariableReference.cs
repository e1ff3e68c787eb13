namespace MlContainerBuild.Secrets;

/// <summary>References to variables as shells, Compose and MSBuild write them.</summary>
internal static class VariableReference
{
    /// <summary>The text that stands in when the variable is not set: "x" of <c>${NAME:-x}</c> and <c>${NAME-x}</c>; null without one.</summary>
    public static string? Fallback(string value)
    {
        if (!value.StartsWith("${", StringComparison.Ordinal) || !value.EndsWith("}", StringComparison.Ordinal))
            return null;
        int name = 2;
        while (name < value.Length && (char.IsLetterOrDigit(value[name]) || value[name] == '_'))
            name++;
        if (name + 1 < value.Length && value[name] == ':' && value[name + 1] == '-')
            return value.Substring(name + 2, value.Length - name - 3);
        return name < value.Length && value[name] == '-' ? value.Substring(name + 1, value.Length - name - 2) : null;
    }
}
