using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Policies;

/// <summary>The JSON Schema tells editors what the reader accepts: no more, no less.</summary>
public class PolicySchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mlcontainer.schema.json")))!.AsObject();
    private static readonly JsonSchemaEvaluator Evaluator = new(Schema);

    public static TheoryData<bool, string> Documents { get; } = new()
    {
        { true, "version: 1" },
        { true, "version: 1.0" },
        { true, "version: 0x1" },
        { true, "{version: 1, profile: gpu-infra, failOn: info}" },
        { true, "version: 1\nimages: {allowedRegistries: [mcr.microsoft.com, 'localhost:5000', 'registry:5000', '[::1]:5000', docker.io], maxBaseAgeDays: 30}" },
        { true, "version: 1\nimages: {}\nrules: {}\nfiles: {}\nsecrets: {}\nexceptions: []" },
        { true, "version: 1\nrules: {MLC3001: none, MLC2001: error, MLC9009: error, MLC9003: warning}" },
        { true, "version: 1\nfiles: {include: ['deploy/**', '*.yaml', 'a?c/**/d'], exclude: [deploy/legacy/x.yaml]}\nsecrets: {allow: ['**']}" },
        { true, "version: 1\nexceptions: [{rule: MLC3001}, {rule: MLC3010, path: src/*.csproj, reason: why, expires: 2027-02-28}]" },
        { true, "version: 1\nexceptions: [{rule: MLC3001, reason: ''}]" },
        { false, "[]" },
        { false, "version" },
        { false, "profile: service" },
        { false, "version: 2" },
        { false, "version: '1'" },
        { false, "version: 1.5" },
        { false, "version: one" },
        { false, "version:" },
        { false, "version: 1\nversions: 1" },
        { false, "version: 1\nprofile: Service" },
        { false, "version: 1\nprofile: null" },
        { false, "version: 1\nfailOn: none" },
        { false, "version: 1\nfailOn: [error]" },
        { false, "version: 1\nimages:" },
        { false, "version: 1\nimages: [mcr.microsoft.com]" },
        { false, "version: 1\nimages: {allowedRegistries: mcr.microsoft.com}" },
        { false, "version: 1\nimages: {allowedRegistries: [https://mcr.microsoft.com]}" },
        { false, "version: 1\nimages: {allowedRegistries: [mcr.microsoft.com/dotnet]}" },
        { false, "version: 1\nimages: {allowedRegistries: ['*.azurecr.io']}" },
        { false, "version: 1\nimages: {allowedRegistries: [nvidia]}" },
        { false, "version: 1\nimages: {allowedRegistries: [MCR.microsoft.com]}" },
        { false, "version: 1\nimages: {allowedRegistries: [index.docker.io]}" },
        { false, "version: 1\nimages: {allowedRegistries: ['registry.example:']}" },
        { false, "version: 1\nimages: {allowedRegistries: [.example.com]}" },
        { false, "version: 1\nimages: {allowedRegistries: ['']}" },
        { false, "version: 1\nimages: {allowedRegistries: [5000]}" },
        { false, "version: 1\nimages: {maxBaseAgeDays: 0}" },
        { false, "version: 1\nimages: {maxBaseAgeDays: -1}" },
        { false, "version: 1\nimages: {maxBaseAgeDays: 1e9}" },
        { false, "version: 1\nimages: {maxBaseAgeDays: .inf}" },
        { false, "version: 1\nimages: {maxBaseAgeDays: 90 days}" },
        { false, "version: 1\nrules: {MLC3999: error}" },
        { false, "version: 1\nrules: {mlc3001: error}" },
        { false, "version: 1\nrules: {MLC3001: Error}" },
        { false, "version: 1\nrules: {MLC3001: true}" },
        { false, "version: 1\nrules: {MLC9005: warning}" },
        { false, "version: 1\nrules: {MLC9009: none}" },
        { false, "version: 1\nrules: [MLC3001]" },
        { false, "version: 1\nfiles: {includes: []}" },
        { false, "version: 1\nfiles: {include: [/deploy]}" },
        { false, "version: 1\nfiles: {include: [deploy/]}" },
        { false, "version: 1\nfiles: {include: [../deploy]}" },
        { false, "version: 1\nfiles: {include: [./deploy]}" },
        { false, "version: 1\nfiles: {include: ['a**']}" },
        { false, "version: 1\nfiles: {include: ['**a/b']}" },
        { false, "version: 1\nfiles: {include: ['a\\b']}" },
        { false, "version: 1\nfiles: {include: ['a[b]']}" },
        { false, "version: 1\nfiles: {include: ['{a,b}']}" },
        { false, "version: 1\nfiles: {include: ['!a']}" },
        { false, "version: 1\nfiles: {include: ['C:/a']}" },
        { false, "version: 1\nfiles: {include: [\"a\\nb\"]}" },
        { false, "version: 1\nfiles: {include: ['']}" },
        { false, "version: 1\nsecrets: {allow: tests/**}" },
        { false, "version: 1\nexceptions: {rule: MLC3001}" },
        { false, "version: 1\nexceptions: [MLC3001]" },
        { false, "version: 1\nexceptions: [{path: a}]" },
        { false, "version: 1\nexceptions: [{rule: MLC9005}]" },
        { false, "version: 1\nexceptions: [{rule: MLC3001, until: 2027-01-01}]" },
        { false, "version: 1\nexceptions: [{rule: MLC3001, expires: 2027-02-30}]" },
        { false, "version: 1\nexceptions: [{rule: MLC3001, expires: 31.12.2027}]" },
        { false, "version: 1\nexceptions: [{rule: MLC3001, expires: 2027}]" },
        { false, "version: 1\nexceptions: [{rule: MLC3001, reason: 5}]" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_IsJudgedAlike_BySchemaAndReader(bool isValid, string yaml)
    {
        Assert.Equal(isValid, Evaluator.IsValid(YamlToJson.Convert(yaml)));
        Assert.Equal(isValid, PolicyReader.Read("/repo/mlcontainer.yaml", yaml).IsValid);
    }

    [Fact]
    public void GeneratedDocuments_AreJudgedAlike_BySchemaAndReader()
    {
        var generator = new PolicyTextGenerator(seed: 20260101);
        int valid = 0;
        for (int i = 0; i < 5000; i++)
        {
            string yaml = generator.NextDocument();
            bool isValid = PolicyReader.Read("/repo/mlcontainer.yaml", yaml).IsValid;
            Assert.True(isValid == Evaluator.IsValid(YamlToJson.Convert(yaml)), $"{(isValid ? "only the reader accepts" : "only the schema accepts")}:\n{yaml}");
            valid += isValid ? 1 : 0;
        }

        Assert.InRange(valid, 500, 4500);
    }

    [Theory]
    [InlineData("")]
    [InlineData("images")]
    [InlineData("files")]
    [InlineData("secrets")]
    [InlineData("exceptions")]
    public void KeysOfSchema_AreKeysOfReader(string section)
    {
        JsonNode node = section.Length == 0 ? Schema : Schema["properties"]![section]!;
        IEnumerable<string> keys = section switch
        {
            "" => PolicyKeys.Root,
            "images" => PolicyKeys.Images,
            "files" => PolicyKeys.Files,
            "secrets" => PolicyKeys.Secrets,
            _ => PolicyKeys.Exception,
        };
        Assert.Equal(keys, (node["items"] ?? node)["properties"]!.AsObject().Select(property => property.Key));
    }

    [Fact]
    public void Words_AreThoseOfReader()
    {
        Assert.Equal(PolicyKeys.Profiles.Keys.Order(StringComparer.Ordinal), WordsAt(Schema["properties"]!["profile"]!));
        Assert.Equal(PolicyKeys.Thresholds.Keys.Order(StringComparer.Ordinal), WordsAt(Schema["properties"]!["failOn"]!));
        Assert.Equal(PolicyKeys.Severities.Keys.Order(StringComparer.Ordinal), WordsAt(Schema["$defs"]!["severity"]!));

        static IEnumerable<string> WordsAt(JsonNode node) => node["enum"]!.AsArray().Select(word => word!.GetValue<string>()).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Rules_AreAllOfThem()
    {
        IEnumerable<string> rules = PolicyKeys.RuleIds.Order(StringComparer.Ordinal);
        IEnumerable<string> inSchema = Schema["$defs"]!["rule"]!["enum"]!.AsArray().Select(id => id!.GetValue<string>());
        Assert.True(rules.SequenceEqual(inSchema), $"'$defs/rule' of the schema has to be: {string.Join(", ", rules.Select(id => $"\"{id}\""))}");
    }

    [Fact]
    public void RulesAboutEvidence_CanOnlyBeRaised()
    {
        Dictionary<string, string> expected = RuleCatalog.All.Where(rule => rule.IsAboutEvidence).ToDictionary(
            rule => rule.Id, rule => rule.Severity == Severity.Error ? "#/$defs/onlyError" : $"#/$defs/atLeast{rule.Severity}");
        Assert.Equal(expected, Schema["properties"]!["rules"]!["properties"]!.AsObject().ToDictionary(rule => rule.Key, rule => rule.Value!["$ref"]!.GetValue<string>()));
    }

    [Fact]
    public void EveryKey_IsDescribed()
    {
        Assert.All(Schema["properties"]!.AsObject(), property => Assert.NotEmpty(property.Value!["description"]!.GetValue<string>()));
    }
}
