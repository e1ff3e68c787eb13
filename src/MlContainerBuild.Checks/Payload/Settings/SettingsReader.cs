namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>Reads the settings of a file by the syntax that its name promises.</summary>
internal static class SettingsReader
{
    // The YAML parser is the slowest by far; a longer file is data.
    private const int MaxYamlLength = 1024 * 1024;

    /// <summary>In the order of the file; none where the name promises no syntax with settings, or the text does not keep the promise.</summary>
    /// <param name="name">Name or path of the file.</param>
    public static List<PublishedSetting> Read(string name, string text)
    {
        string file = Path.GetFileName(name).ToLowerInvariant();
        return Path.GetExtension(file) switch
        {
            ".json" or ".jsonc" or ".json5" or ".webmanifest" or ".tfstate" => JsonSettings.Read(text),
            ".ipynb" => Notebook.Read(text),
            ".yaml" or ".yml" => ReadYaml(text),
            ".xml" or ".config" or ".props" or ".targets" or ".csproj" or ".nuspec" or ".pubxml" or ".user" => file.StartsWith("nlog", StringComparison.Ordinal) || LooksLikeXml(text) ? XmlSettings.Read(text) : LineSettings.Read(text),
            ".ini" or ".cfg" or ".conf" or ".properties" or ".toml" or ".cnf" or ".env" or ".tfvars" => LineSettings.Read(text),
            ".sh" or ".bash" or ".zsh" or ".bat" or ".cmd" => ScriptSettings.ReadShell(text),
            ".py" or ".ps1" or ".psm1" or ".r" or ".rb" or ".sql" or ".tf" => ScriptSettings.ReadCode(text),
            _ => ReadByName(file, text),
        };
    }

    private static List<PublishedSetting> ReadByName(string file, string text)
    {
        if (file.StartsWith(".env", StringComparison.Ordinal) || file.EndsWith("rc", StringComparison.Ordinal) || file is "credentials" or "environment")
            return LineSettings.Read(text);

        // Of the files of tools that have no extension: Docker's and Git's "config", Kubernetes' "config" and "kubeconfig".
        if (file is not ("config" or "kubeconfig" or "dockerconfigjson" or ".dockerconfigjson" or ".dockercfg"))
            return [];

        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        return start.StartsWith("{") ? JsonSettings.Read(text) : start.StartsWith("[") || start.StartsWith("#") ? LineSettings.Read(text) : ReadYaml(text);
    }

    private static List<PublishedSetting> ReadYaml(string text)
    {
        if (text.Length > MaxYamlLength)
            return [];

        (List<PublishedSetting> settings, bool isWhole) = YamlSettings.Read(text);
        return isWhole ? settings : LineSettings.Read(text);
    }

    private static bool LooksLikeXml(string text) => text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("<");
}
