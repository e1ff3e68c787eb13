namespace MlContainerBuild.Secrets;

/// <summary>
/// The gate for passwords: people choose them, so neither shape nor entropy tells them; what they are not does. A word such as
/// <c>password</c> stands for one; <c>P@ssw0rd1</c> is one, if a bad one.
/// </summary>
internal static class PasswordValue
{
    private const int MinLength = 6;

    private static readonly HashSet<string> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "yes", "no", "on", "off", "auto", "always", "never", "required", "optional", "prompt", "enabled", "disabled",
        "null", "none", "undefined", "string", "object", "basic", "bearer", "plain", "trust", "scram-sha-256", "cleartext", "hidden",
    };

    public static bool IsSecret(string password)
    {
        string value = password.Trim().Trim('"', '\'');
        return value.Length >= MinLength
            && !Settings.Contains(value)
            && !(value.All(char.IsLetter) && DefaultPassword.IsKnown(value))
            && !Placeholder.IsReference(value)
            && !Placeholder.IsSample(value)
            && !Location.IsPathOrUri(value)
            && !IsVariableName(value)
            && !IsText(value)
            && !IsNumberOrVersion(value);
    }

    /// <summary>"DB_PASSWORD" names another variable; so does "db-password", as the name of a secret in a cluster.</summary>
    private static bool IsVariableName(string value)
    {
        bool onlyWords = true;
        foreach (char c in value)
            onlyWords &= char.IsLetter(c) || c is '_' or '-' or '.' or ':';
        return onlyWords && (value.IndexOfAny(['_', '-', '.', ':']) > 0 || NameWords.Split(value).Count > 1) && CredentialName.Judge(value) != CredentialKind.None;
    }

    /// <summary>Words for people, in their language; passwords are ASCII nearly everywhere.</summary>
    private static bool IsText(string value) =>
        value.Count(static c => c == ' ') >= 2 || value.Any(static c => c >= 0x80) || (value.Contains(' ') && value.All(static c => char.IsLetter(c) || c == ' '));

    /// <summary>"12345678" and "^1.0.0".</summary>
    private static bool IsNumberOrVersion(string value) => value.All(static c => char.IsDigit(c) || c is '.' or ',' or '-' or '+' or '^' or '~' or '<' or '>' or '=' or '*' or ' ');
}
