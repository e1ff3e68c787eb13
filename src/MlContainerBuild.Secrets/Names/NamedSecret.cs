namespace MlContainerBuild.Secrets;

/// <summary>
/// Decides on pairs of a name and a value: environment variables, labels, configuration. The value may prove itself (a token,
/// a URI or connection string with a password); else the name must say that it is a credential, and the value must pass for one.
/// </summary>
internal static class NamedSecret
{
    private static readonly SecretFormat Password = new()
    {
        Id = "named-password",
        Name = "password",
        Source = "the name of the setting",
        Confidence = SecretConfidence.Contextual,
    };

    private static readonly SecretFormat Key = new()
    {
        Id = "named-key",
        Name = "key or token",
        Source = "the name of the setting",
        Confidence = SecretConfidence.Contextual,
    };

    /// <summary>The secret in <paramref name="value"/>, positions in it; null when there is none. Default passwords are none: see <see cref="DefaultPassword"/>.</summary>
    public static SecretMatch? Find(string name, string value)
    {
        var matches = SecretScanner.Scan(value.AsSpan());
        if (matches.Count > 0)
            return matches[0];
        string text = VariableReference.Fallback(value) ?? value;
        int start = value.Length - text.Length - (text.Length == value.Length ? 0 : 1);
        return CredentialName.Judge(name) switch
        {
            CredentialKind.None => null,
            CredentialKind.Password => PasswordValue.IsSecret(text) && !DefaultPassword.IsKnown(text) ? new SecretMatch(Password, start, text.Length) : null,
            var kind => KeyValue.IsSecret(text, kind) ? new SecretMatch(Key, start, text.Length) : null,
        };
    }

    /// <summary>The secrets in a command line, script or message, by what they are and by the names beside them; by position, none overlapping.</summary>
    public static IReadOnlyList<SecretMatch> FindAll(string text)
    {
        var found = SecretScanner.Scan(text.AsSpan());
        var matches = new List<SecretMatch>(found);
        int next = 0;
        foreach (var setting in NamedValueReader.Read(text))
        {
            while (next < found.Count && found[next].End <= setting.ValueStart)
                next++;
            bool isFound = next < found.Count && found[next].Start < setting.ValueEnd;
            if (!isFound && Find(setting.Name, text.Substring(setting.ValueStart, setting.ValueLength)) is { } match)
                matches.Add(match with { Start = setting.ValueStart + match.Start });
        }

        foreach (var (start, length) in CommandLogin.Passwords(text))
        {
            string password = text.Substring(start, length);
            if (PasswordValue.IsSecret(password) && !DefaultPassword.IsKnown(password) && !matches.Exists(match => match.Start < start + length && match.End > start))
                matches.Add(new SecretMatch(Password, start, length));
        }

        matches.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return matches;
    }
}
