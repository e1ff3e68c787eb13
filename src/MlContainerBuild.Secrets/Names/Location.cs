namespace MlContainerBuild.Secrets;

/// <summary>Values that say where a secret is, instead of being one.</summary>
internal static class Location
{
    private static readonly string[] Roots =
    [
        "/run/", "/var/", "/etc/", "/mnt/", "/opt/", "/home/", "/root/", "/app/", "/tmp/", "/usr/", "/secrets/", "/vault/", "/data/", "/workspace/",
        "./", "../", "~/", ".\\", "..\\", "file:",
    ];

    // Secret stores and their references: Vault, AWS, Google Cloud, 1Password, Key Vault, Container Apps, SOPS, Spring, helm-secrets.
    private static readonly string[] Stores =
    [
        "vault:", "arn:aws", "op://", "@Microsoft.KeyVault", "secretref:", "ref+", "sm://", "projects/", "azurekeyvault://", "ENC(", "ENC[",
        "kv/", "secret/", "secretsmanager:", "ssm:", "keyvault:", "env:", "awssm://", "gcpsm://", "{cipher}", "!vault",
    ];

    public static bool IsPathOrUri(string value)
    {
        foreach (string root in Roots)
        {
            if (value.StartsWith(root, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        foreach (string store in Stores)
        {
            if (value.StartsWith(store, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return (value.Length > 3 && char.IsLetter(value[0]) && value[1] == ':' && value[2] is '\\' or '/') || value.Contains("://");
    }
}
