namespace MlContainerBuild.Secrets;

/// <summary>The gate for passwords: people choose them, so neither shape nor entropy tells them; what they are not does.</summary>
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
            && !DefaultPassword.IsKnown(value)
            && !Placeholder.IsReference(value)
            && !Placeholder.IsSample(value)
            && !Location.IsPathOrUri(value)
            && !IsVariableName(value)
            && !IsProse(value)
            && !double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
    }

    /// <summary>"DB_PASSWORD" names another variable; so does "db-password", as the name of a secret in a cluster.</summary>
    private static bool IsVariableName(string value)
    {
        bool onlyWords = true;
        foreach (char c in value)
            onlyWords &= char.IsLetter(c) || c is '_' or '-' or '.' or ':';
        return onlyWords && (value.IndexOfAny(['_', '-', '.', ':']) > 0 || NameWords.Split(value).Count > 1) && CredentialName.Judge(value) != CredentialKind.None;
    }

    private static bool IsProse(string value)
    {
        int spaces = 0;
        foreach (char c in value)
            spaces += c == ' ' ? 1 : 0;
        return spaces >= 2;
    }
}
