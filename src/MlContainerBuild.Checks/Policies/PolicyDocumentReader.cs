using System.Collections.Immutable;
using System.Globalization;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Policies;

/// <summary>Turns the YAML tree of one policy file into a <see cref="Policy"/> and everything that is wrong with it.</summary>
internal sealed class PolicyDocumentReader(string path)
{
    private const int MaxAgeDays = 36500;
    private const int MaxPatternLength = 1024;

    private readonly TypedYamlReader yaml = new(path);

    public PolicyReadResult Read(YamlNode root)
    {
        Policy policy = Policy.Default with { Path = path };
        bool hasVersion = false;
        foreach ((YamlScalar key, YamlNode value) in yaml.Entries(root, "The policy", PolicyKeys.Root))
        {
            hasVersion |= key.Text == "version";
            policy = key.Text switch
            {
                "version" => ReadVersion(policy, value),
                "profile" => policy with { Profile = yaml.Word(value, "'profile'", PolicyKeys.Profiles) ?? default },
                "failOn" => policy with { FailOn = yaml.Word(value, "'failOn'", PolicyKeys.Thresholds) },
                "images" => ReadImages(policy, value),
                "rules" => policy with { RuleSeverities = ReadRules(value) },
                "files" => ReadFiles(policy, value),
                "secrets" => ReadSecrets(policy, value),
                _ => policy with { Exceptions = [.. yaml.Items(value, "'exceptions'").Select(ReadException).OfType<PolicyException>()] },
            };
        }

        if (!hasVersion && root is YamlMapping)
            yaml.Report(root, "The policy does not say its version.", "Begin it with 'version: 1'.");

        return new PolicyReadResult(policy, yaml.Findings);
    }

    private Policy ReadVersion(Policy policy, YamlNode value)
    {
        if (yaml.WholeNumber(value, "'version'") is { } version && version != 1)
            yaml.Report(value, $"Version {TypedYamlReader.Quote(value)} of the policy is not known to this package.", "Write 'version: 1', or update MlContainerBuild.");

        return policy;
    }

    private Policy ReadImages(Policy policy, YamlNode node)
    {
        foreach ((YamlScalar key, YamlNode value) in yaml.Entries(node, "'images'", PolicyKeys.Images))
        {
            policy = key.Text switch
            {
                "allowedRegistries" => policy with { AllowedRegistries = [.. yaml.Items(value, "'allowedRegistries'").Select(ReadRegistry).OfType<string>()] },
                _ => policy with { MaxBaseAgeDays = ReadDays(value) ?? policy.MaxBaseAgeDays },
            };
        }

        return policy;
    }

    private string? ReadRegistry(YamlNode item)
    {
        if (yaml.Text(item, "A registry in 'allowedRegistries'") is not { } registry)
            return null;

        if (registry is "index.docker.io" or "registry-1.docker.io")
            yaml.Report(item, $"{TypedYamlReader.Quote(item)} is another name of Docker Hub.", "Write 'docker.io'.");
        else if (!RegistryHost.IsValid(registry))
            yaml.Report(item, $"{TypedYamlReader.Quote(item)} is not the host of a registry.", "Write it in lower case, with its port if it has one ('registry.example:5000'), and without scheme, path or wildcard.");

        return registry;
    }

    private int? ReadDays(YamlNode value)
    {
        if (yaml.WholeNumber(value, "'maxBaseAgeDays'") is not { } days)
            return null;

        if (days is >= 1 and <= MaxAgeDays)
            return (int)days;

        yaml.Report(value, $"'maxBaseAgeDays' is {TypedYamlReader.Quote(value)}.", $"Write a number of days from 1 to {MaxAgeDays}.");
        return null;
    }

    private ImmutableDictionary<string, Severity> ReadRules(YamlNode node)
    {
        ImmutableDictionary<string, Severity>.Builder severities = ImmutableDictionary.CreateBuilder<string, Severity>(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in yaml.Entries(node, "'rules'"))
        {
            if (!IsRuleId(key) || yaml.Word(value, $"The severity of {key.Text}", PolicyKeys.Severities) is not { } severity)
                continue;

            if (RuleCatalog.TryGet(key.Text, out Rule rule) && rule.IsAboutEvidence && severity < rule.Severity)
                yaml.Report(value, $"{rule.Id} tells that a check cannot be trusted; its severity can be raised, not lowered.", "Remove the entry, and solve what the rule reports.");
            else
                severities[key.Text] = severity;
        }

        return severities.ToImmutable();
    }

    private Policy ReadFiles(Policy policy, YamlNode node)
    {
        foreach ((YamlScalar key, YamlNode value) in yaml.Entries(node, "'files'", PolicyKeys.Files))
        {
            policy = key.Text switch
            {
                "include" => policy with { IncludedFiles = ReadPatterns(value, "'include'") },
                _ => policy with { ExcludedFiles = ReadPatterns(value, "'exclude'") },
            };
        }

        return policy;
    }

    private Policy ReadSecrets(Policy policy, YamlNode node)
    {
        foreach ((_, YamlNode value) in yaml.Entries(node, "'secrets'", PolicyKeys.Secrets))
            policy = policy with { AllowedSecretFiles = ReadPatterns(value, "'allow'") };

        return policy;
    }

    private PolicyException? ReadException(YamlNode node)
    {
        var exception = new PolicyException("", Path: null, Reason: "", Expires: null, yaml.SpanOf(node));
        bool hasRule = false;
        foreach ((YamlScalar key, YamlNode value) in yaml.Entries(node, "An exception", PolicyKeys.Exception))
        {
            hasRule |= key.Text == "rule";
            exception = key.Text switch
            {
                "rule" => exception with { RuleId = ReadExcusableRule(value) },
                "path" => exception with { Path = ReadPattern(value, "'path'") },
                "reason" => exception with { Reason = yaml.Text(value, "'reason'")?.Trim() ?? "" },
                _ => exception with { Expires = ReadDate(value) },
            };
        }

        if (!hasRule && node is YamlMapping)
            yaml.Report(node, "An exception does not say which rule it is for.", "Add 'rule:' with the id.");

        return exception.RuleId.Length == 0 ? null : exception;
    }

    private string ReadExcusableRule(YamlNode value)
    {
        if (yaml.Text(value, "'rule'") is not { } id || !IsRuleId((YamlScalar)value))
            return "";

        if (RuleCatalog.TryGet(id, out Rule rule) && rule.IsAboutEvidence)
            yaml.Report(value, $"{id} tells that a check cannot be trusted; there is no exception from that.", "Remove the exception, and solve what the rule reports.");

        return id;
    }

    private DateOnly? ReadDate(YamlNode value)
    {
        if (yaml.Text(value, "'expires'") is not { } text)
            return null;

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            return date;

        yaml.Report(value, $"{TypedYamlReader.Quote(value)} is not a date.", "Write the last day on which the exception counts as year-month-day, for example 2027-01-31.");
        return null;
    }

    private ImmutableArray<PathGlob> ReadPatterns(YamlNode node, string what) =>
        [.. yaml.Items(node, what).Select(item => ReadPattern(item, $"A pattern in {what}")).OfType<PathGlob>()];

    private PathGlob? ReadPattern(YamlNode node, string what)
    {
        if (yaml.Text(node, what) is not { } text)
            return null;

        if (text.Length > MaxPatternLength)
            yaml.Report(node, $"{what} is longer than {MaxPatternLength} characters.", "");
        else if (!PathGlob.TryParse(text, out PathGlob? glob, out string? error))
            yaml.Report(node, $"The pattern {TypedYamlReader.Quote(node)} {error}.", "");
        else
            return glob;

        return null;
    }

    private bool IsRuleId(YamlScalar scalar)
    {
        if (PolicyKeys.RuleIds.Contains(scalar.Text))
            return true;

        yaml.Report(
            scalar,
            $"{TypedYamlReader.Quote(scalar)} is not the id of a rule.",
            TypedYamlReader.Suggest(scalar.Text, PolicyKeys.RuleIds) ?? "Write an id such as MLC3001.");
        return false;
    }
}
