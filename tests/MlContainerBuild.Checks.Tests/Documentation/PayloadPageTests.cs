using System.Text.Json;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Payload;

namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>The examples of pages about published files are files, published and judged.</summary>
public sealed class PayloadPageTests
{
    public static TheoryData<string> Ids => ["MLC3022", "MLC3023", "MLC3024"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EachNoncompliantExample_IsReportedByThisRuleAlone(string id)
        => Assert.All(RulePage.Read(id).Examples("Noncompliant"), example => Assert.Equal([id], Judge(id, example).Distinct()));

    [Theory]
    [MemberData(nameof(Ids))]
    public void CompliantExample_IsNotReported(string id)
        => Assert.All(RulePage.Read(id).Examples("Compliant"), example => Assert.Empty(Judge(id, example)));

    private static string[] Judge(string id, Example example)
    {
        using var folder = new PublishFolder();
        if (id == "MLC3024")
            return Judge(WithFiles(folder, example.Text));

        string name = example.Language switch
        {
            "json" => "appsettings.json",
            "ini" when id == "MLC3023" => ".npmrc",
            "ini" => ".env",
            _ => throw new NotSupportedException($"No example has needed a file in {example.Language} so far."),
        };
        return Judge(folder.With(name, ExampleImage.WithSecrets(example.Text)));
    }

    private static string[] Judge(PublishFolder folder) => [.. folder.Check().Where(finding => finding.Severity > Severity.Info).Select(finding => finding.Rule.Id)];

    /// <summary><c>{ "publish": [ … ] }</c>: a page on which files there are lists them.</summary>
    private static PublishFolder WithFiles(PublishFolder folder, string json)
    {
        using JsonDocument list = JsonDocument.Parse(json);
        foreach (JsonElement name in list.RootElement.GetProperty("publish").EnumerateArray())
            folder.With(name.GetString()!, "{}");

        return folder;
    }
}
