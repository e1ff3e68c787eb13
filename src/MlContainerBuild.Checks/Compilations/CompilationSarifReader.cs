using System.Collections.Immutable;
using System.Text.Json;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>
/// Takes our rules out of an error log. The shape is what Roslyn writes (SarifV2ErrorLogger): severities that the user
/// changed show as a result's level that differs from the rule's default; a rule that NoWarn or an .editorconfig has
/// switched off, for the whole compilation or in some files, shows as the suppression kind "external" of the rule itself.
/// </summary>
internal sealed class CompilationSarifReader(string projectPath)
{
    private readonly Dictionary<string, Rule> rules = new(StringComparer.Ordinal);
    private readonly ImmutableHashSet<string>.Builder silenced = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    private readonly ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();

    public CompilationSarifReadResult Read(JsonElement log)
    {
        string version = log.Text("version") ?? "";
        if (version.StartsWith("1.", StringComparison.Ordinal))
            return new CompilationSarifReadResult(null, "is SARIF 1.0, which does not tell which rules ran", IsVersion1: true);

        if (version != "2.1.0" || log.Property("runs") is not { ValueKind: JsonValueKind.Array })
            return new CompilationSarifReadResult(null, "is not SARIF 2.1.0");

        // The compiler writes the results before the rules.
        foreach (JsonElement run in log.Items("runs"))
        {
            foreach (JsonElement rule in run.Property("tool", "driver").Items("rules"))
                ReadRule(rule);
        }

        foreach (JsonElement run in log.Items("runs"))
        {
            foreach (JsonElement result in run.Items("results"))
                ReadResult(result);
        }

        var sarif = new CompilationSarif
        {
            Findings = findings.DrainToImmutable(),
            RuleIds = [.. rules.Keys],
            SilencedRuleIds = silenced.ToImmutable(),
        };
        return new CompilationSarifReadResult(sarif, Error: null);
    }

    private void ReadRule(JsonElement rule)
    {
        if (rule.Text("id") is not { } id || !IsOurs(id))
            return;

        JsonElement? configuration = rule.Property("defaultConfiguration");
        Severity severity = SeverityOf(configuration.Text("level")) ?? Severity.Warning;
        string title = rule.Property("shortDescription").Text("text") ?? id;
        rules.TryAdd(id, new Rule(id, title.TrimEnd('.'), severity));

        bool isOffByDefault = configuration.Property("enabled") is { ValueKind: JsonValueKind.False };
        if (!isOffByDefault && rule.Property("properties").Items("suppressionKinds").Any(kind => kind.ValueEquals("external")))
            silenced.Add(id);
    }

    private void ReadResult(JsonElement result)
    {
        if (result.Text("ruleId") is not { } id || !IsOurs(id))
            return;

        Rule rule = rules.GetValueOrDefault(id) ?? new Rule(id, id, Severity.Warning);
        Severity level = SeverityOf(result.Text("level")) ?? rule.Severity;
        string message = OneLine(result.Property("message").Text("text") ?? rule.Title);
        findings.Add(new Finding(rule, message, Fix: "", new ValueSource.File(ReadSpan(result)))
        {
            Severity = PublishSeverity(rule, level, result),
            Suppression = ReadSuppression(result),
        });
    }

    // In the build each rule is at most a warning, because an error would stop "dotnet build"; what it is worth at publish
    // the diagnostic carries itself. A level that is not the rule's default is the user's decision, and stands.
    private static Severity PublishSeverity(Rule rule, Severity level, JsonElement result)
    {
        string? carried = result.Property("properties", "customProperties").Text(CSharpRules.PublishSeverityProperty);
        Severity? publish = carried switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            "info" => Severity.Info,
            _ => null,
        };
        return publish is null || level < rule.Severity ? level : (Severity)Math.Max((int)publish, level > rule.Severity ? (int)level : 0);
    }

    private SourceSpan ReadSpan(JsonElement result)
    {
        JsonElement? location = result.Items("locations").Select(item => item.Property("physicalLocation")).FirstOrDefault();
        if (location.Property("artifactLocation").Text("uri") is not { } uri || ReadPath(uri) is not { } path)
            return new SourceSpan(projectPath);

        JsonElement? region = location.Property("region");
        return new SourceSpan(path, region.Number("startLine"), region.Number("startColumn"), region.Number("endLine"), region.Number("endColumn"));
    }

    private string? ReadPath(string uri)
    {
        if (Uri.TryCreate(uri, UriKind.Absolute, out Uri? absolute))
            return absolute.IsFile ? absolute.LocalPath : null;

        string relative = Uri.UnescapeDataString(uri);
        return relative.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(relative, Path.GetDirectoryName(projectPath)!);
    }

    private static Suppression? ReadSuppression(JsonElement result)
    {
        JsonElement? suppression = result.Items("suppressions").Select(item => (JsonElement?)item).FirstOrDefault();
        return suppression is null
            ? null
            : new Suppression(
                suppression.Text("kind") == "external" ? SuppressionKind.External : SuppressionKind.InSource,
                OneLine(suppression.Text("justification") ?? ""));
    }

    private static Severity? SeverityOf(string? level) => level switch
    {
        "error" => Severity.Error,
        "warning" => Severity.Warning,
        "note" => Severity.Info,
        "none" => Severity.None,
        _ => null,
    };

    private static bool IsOurs(string id) => id.StartsWith("MLC", StringComparison.Ordinal);

    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
