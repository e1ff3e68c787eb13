using System.Text.Json;

namespace MlContainerBuild.Checks.Tests.Reports;

/// <summary>
/// What the published schema of SARIF 2.1.0 (OASIS, errata 01) demands of the objects we write: required properties, types,
/// enumerations and ranges, no property it does not know; and what GitHub code scanning demands beyond it.
/// </summary>
internal static class SarifRequirements
{
    private delegate void Requirement(JsonElement value);

    public static void AssertMet(JsonElement log) =>
        AssertObject(log, ["version", "runs"], new() { ["$schema"] = Uri, ["version"] = OneOf("2.1.0"), ["runs"] = ArrayOf(Run) });

    private static void Run(JsonElement run)
    {
        AssertObject(run, ["tool", "results"], new()
        {
            ["tool"] = value => AssertObject(value, ["driver"], new() { ["driver"] = Driver }),
            ["invocations"] = ArrayOf(value => AssertObject(value, ["executionSuccessful"], new()
            {
                ["executionSuccessful"] = Boolean,
                ["toolExecutionNotifications"] = ArrayOf(note => AssertObject(note, ["message"], new() { ["level"] = OneOf("warning"), ["message"] = Message })),
            })),
            ["automationDetails"] = value => AssertObject(value, ["id"], new() { ["id"] = NonEmpty }),
            ["originalUriBaseIds"] = value => Assert.All(value.EnumerateObject(), item => AssertObject(item.Value, ["uri"], new() { ["uri"] = DirectoryUri })),
            ["columnKind"] = OneOf("utf16CodeUnits", "unicodeCodePoints"),
            ["results"] = ArrayOf(Result),
        });

        JsonElement[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];
        Assert.Equal(rules.Length, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
    }

    private static void Driver(JsonElement driver) => AssertObject(driver, ["name", "rules"], new()
    {
        ["name"] = NonEmpty,
        ["version"] = NonEmpty,
        ["informationUri"] = Uri,
        ["rules"] = ArrayOf(Rule),
    });

    // The schema asks for the id alone, code scanning for the descriptions and the help too.
    private static void Rule(JsonElement rule) => AssertObject(rule, ["id", "shortDescription", "fullDescription", "help"], new()
    {
        ["id"] = NonEmpty,
        ["shortDescription"] = Message,
        ["fullDescription"] = Message,
        ["help"] = Message,
        ["helpUri"] = Uri,
        ["defaultConfiguration"] = value => AssertObject(value, [], new() { ["level"] = Level }),
    });

    private static void Result(JsonElement result) => AssertObject(result, ["message", "locations", "partialFingerprints"], new()
    {
        ["ruleId"] = NonEmpty,
        ["ruleIndex"] = AtLeast(0),
        ["level"] = Level,
        ["message"] = Message,
        ["locations"] = NonEmptyArrayOf(value => AssertObject(value, ["physicalLocation"], new() { ["physicalLocation"] = PhysicalLocation })),
        ["partialFingerprints"] = value => Assert.All(value.EnumerateObject(), item => NonEmpty(item.Value)),
        ["suppressions"] = ArrayOf(value => AssertObject(value, ["kind"], new()
        {
            ["kind"] = OneOf("inSource", "external"),
            ["status"] = OneOf("accepted", "underReview", "rejected"),
            ["justification"] = NonEmpty,
        })),
        ["properties"] = value => Assert.Equal(JsonValueKind.Object, value.ValueKind),
    });

    private static void PhysicalLocation(JsonElement location) => AssertObject(location, ["artifactLocation"], new()
    {
        ["artifactLocation"] = value => AssertObject(value, ["uri"], new() { ["uri"] = UriReference, ["uriBaseId"] = NonEmpty }),
        ["region"] = value => AssertObject(value, ["startLine"], new() { ["startLine"] = AtLeast(1), ["startColumn"] = AtLeast(1), ["endLine"] = AtLeast(1), ["endColumn"] = AtLeast(1) }),
    });

    private static void AssertObject(JsonElement value, string[] required, Dictionary<string, Requirement> properties)
    {
        Assert.Equal(JsonValueKind.Object, value.ValueKind);
        Assert.All(required, name => Assert.True(value.TryGetProperty(name, out _), $"'{name}' is required"));
        Assert.Equal(value.EnumerateObject().Count(), value.EnumerateObject().Select(property => property.Name).Distinct().Count());
        foreach (JsonProperty property in value.EnumerateObject())
        {
            Assert.True(properties.TryGetValue(property.Name, out Requirement? requirement), $"'{property.Name}' is not known here");
            requirement(property.Value);
        }
    }

    private static Requirement ArrayOf(Requirement item) => value =>
    {
        Assert.Equal(JsonValueKind.Array, value.ValueKind);
        foreach (JsonElement element in value.EnumerateArray())
            item(element);
    };

    private static Requirement NonEmptyArrayOf(Requirement item) => value =>
    {
        ArrayOf(item)(value);
        Assert.NotEqual(0, value.GetArrayLength());
    };

    private static Requirement OneOf(params string[] words) => value => Assert.Contains(value.GetString(), words);

    private static Requirement AtLeast(int minimum) => value => Assert.True(value.GetInt32() >= minimum);

    private static void Level(JsonElement value) => OneOf("none", "note", "warning", "error")(value);

    private static void Message(JsonElement value) => AssertObject(value, ["text"], new() { ["text"] = NonEmpty });

    private static void NonEmpty(JsonElement value) => Assert.False(string.IsNullOrEmpty(value.GetString()));

    private static void Boolean(JsonElement value) => Assert.True(value.ValueKind is JsonValueKind.True or JsonValueKind.False);

    private static void Uri(JsonElement value)
    {
        UriReference(value);
        Assert.True(System.Uri.TryCreate(value.GetString(), UriKind.Absolute, out _));
    }

    private static void DirectoryUri(JsonElement value)
    {
        Uri(value);
        Assert.EndsWith("/", value.GetString(), StringComparison.Ordinal);
    }

    // RFC 3986: what is not one of these characters is percent-encoded.
    private static void UriReference(JsonElement value) => Assert.Matches("^(%[0-9A-Fa-f]{2}|[A-Za-z0-9:/?#\\[\\]@!$&'()*+,;=._~-])+$", value.GetString());
}
