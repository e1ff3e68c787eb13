using System.Text;
using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Compilations;

namespace MlContainerBuild.Checks.Tests.Compilations;

/// <summary>An error log in the shape that Roslyn 5.9 writes: results before rules, levels only where they are not "warning".</summary>
internal sealed class ErrorLogBuilder
{
    private readonly JsonArray results = [];
    private readonly JsonArray rules = [];

    /// <summary>A log of a compilation in which every C# rule ran and found nothing.</summary>
    public static ErrorLogBuilder Clean() => CSharpRules.Ids.Aggregate(new ErrorLogBuilder(), (log, id) => log.WithRule(id));

    public ErrorLogBuilder WithRule(string id, string? level = null, params string[] suppressionKinds)
    {
        var rule = new JsonObject { ["id"] = id, ["shortDescription"] = new JsonObject { ["text"] = $"Title of {id}" } };
        if (level is not null)
            rule["defaultConfiguration"] = new JsonObject { ["level"] = level };

        rule["properties"] = new JsonObject { ["category"] = "Containers", ["executionTimeInSeconds"] = "<0.001" };
        if (suppressionKinds.Length > 0)
        {
            rule["properties"]!["isEverSuppressed"] = "true";
            rule["properties"]!["suppressionKinds"] = new JsonArray([.. suppressionKinds.Select(kind => JsonValue.Create(kind))]);
        }

        rules.Add(rule);
        return this;
    }

    public ErrorLogBuilder WithResult(string ruleId, string level, string? publishSeverity, Action<JsonObject>? change = null)
    {
        var result = new JsonObject
        {
            ["ruleId"] = ruleId,
            ["ruleIndex"] = rules.Count,
            ["level"] = level,
            ["message"] = new JsonObject { ["text"] = "Something is wrong." },
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = new JsonObject
                {
                    ["artifactLocation"] = new JsonObject { ["uri"] = "file:///src/Api/Program.cs" },
                    ["region"] = new JsonObject { ["startLine"] = 4, ["startColumn"] = 7, ["endLine"] = 4, ["endColumn"] = 11 },
                },
            }),
            ["properties"] = new JsonObject { ["warningLevel"] = 1 },
        };
        if (publishSeverity is not null)
            result["properties"]!["customProperties"] = new JsonObject { [CSharpRules.PublishSeverityProperty] = publishSeverity };

        change?.Invoke(result);
        results.Add(result);
        return this;
    }

    public byte[] ToBytes()
    {
        var log = new JsonObject
        {
            ["$schema"] = "http://json.schemastore.org/sarif-2.1.0",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["results"] = results.DeepClone(),
                ["tool"] = new JsonObject { ["driver"] = new JsonObject { ["name"] = "Microsoft (R) Visual C# Compiler", ["rules"] = rules.DeepClone() } },
                ["columnKind"] = "utf16CodeUnits",
            }),
        };
        return Encoding.UTF8.GetBytes(log.ToJsonString());
    }
}
