using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Payload;

namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>The examples of pages about published files are files, published and judged.</summary>
public sealed class PayloadPageTests
{
    public static TheoryData<string> Ids => ["MLC3022", "MLC3023"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EachNoncompliantExample_IsReportedByThisRuleAlone(string id)
        => Assert.All(RulePage.Read(id).Examples("Noncompliant"), example => Assert.Equal([id], Judge(id, example).Distinct()));

    [Theory]
    [MemberData(nameof(Ids))]
    public void CompliantExample_IsNotReported(string id)
        => Assert.All(RulePage.Read(id).Examples("Compliant"), example => Assert.Empty(Judge(id, example)));

    private static IEnumerable<string> Judge(string id, Example example)
    {
        using var folder = new PublishFolder();
        string name = example.Language switch
        {
            "json" => "appsettings.json",
            "ini" when id == "MLC3023" => ".npmrc",
            "ini" => ".env",
            _ => throw new NotSupportedException($"No example has needed a file in {example.Language} so far."),
        };
        return [.. folder.With(name, ExampleImage.WithSecrets(example.Text)).Check().Where(finding => finding.Severity > Severity.Info).Select(finding => finding.Rule.Id)];
    }
}
