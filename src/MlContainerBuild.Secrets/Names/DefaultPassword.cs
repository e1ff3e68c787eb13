namespace MlContainerBuild.Secrets;

/// <summary>Passwords that everybody knows. They hide nothing, so they are no leak: they are an open door.</summary>
internal static class DefaultPassword
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passwd", "pass", "pwd", "password1", "password123", "pass123", "p@ssw0rd", "p@ssword", "passw0rd", "changeme",
        "change_me", "change-me", "changeit", "changethis", "secret", "secret123", "mysecretpassword", "mypassword", "my-secret-pw",
        "admin", "admin123", "administrator", "root", "toor", "user", "guest", "test", "test123", "testing", "demo", "default", "letmein",
        "welcome", "welcome1", "qwerty", "abc123", "123456", "1234", "12345", "12345678", "123456789", "1234567890", "0000", "postgres",
        "postgresql", "mysql", "mariadb", "mongo", "mongodb", "redis", "rabbitmq", "minio", "minioadmin", "minio123", "airflow", "mlflow",
        "grafana", "elastic", "neo4j", "nopass", "docker", "vagrant", "raspberry", "example", "superset", "prefect", "jupyter", "pgadmin",
        "yourStrong(!)Password", "yourstrong!passw0rd", "<yourstrong@passw0rd>", "yourStrong@Password", "Pass@word", "Pass@word1", "P@ssw0rd1",
        "P@55w0rd", "SuperSecret", "supersecret", "notsecure", "insecure", "foobar", "mypass", "p@ssw0rd1", "p@ssw0rd123", "Passw0rd!", "Password1!", "Password123!", "sa", "dev", "development",
    };

    /// <summary>Whether the value is such a password, or falls back to one: <c>${DB_PASSWORD:-changeme}</c>.</summary>
    public static bool IsKnown(string value)
    {
        string text = value.Trim().Trim('"', '\'');
        text = VariableReference.Fallback(text) ?? text;
        return Known.Contains(text) || IsTheWordItself(text);
    }

    /// <summary>"dbpassword", "AdminPassword": letters only, the word and for whom.</summary>
    private static bool IsTheWordItself(string text) =>
        text.Length <= 24 && text.All(char.IsLetter) && (text.EndsWith("password", StringComparison.OrdinalIgnoreCase) || text.EndsWith("passwd", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a variable or setting that holds a password is set to one that everybody knows.</summary>
    public static bool IsSet(string name, string value) => CredentialName.IsPassword(name) && IsKnown(value);
}
