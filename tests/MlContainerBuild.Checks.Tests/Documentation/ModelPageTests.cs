using System.Text.RegularExpressions;
using System.Xml.Linq;

using MlContainerBuild.Checks.Models.Rules;
using MlContainerBuild.Checks.Tests.Models.Files;
using MlContainerBuild.Checks.Tests.Models.Rules;

namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>The examples of pages about models are models: made as the page describes them, published and judged.</summary>
public sealed partial class ModelPageTests
{
    public static TheoryData<string> Ids => [.. ModelCheck.RuleIds];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EachNoncompliantExample_IsReported(string id)
        => Assert.All(RulePage.Read(id).Examples("Noncompliant"), example => Assert.Equal([id], Judge(id, example)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void CompliantExample_IsNotReported(string id)
        => Assert.All(RulePage.Read(id).Examples("Compliant"), example => Assert.Empty(Judge(id, example)));

    private static IEnumerable<string> Judge(string id, Example example)
    {
        using var folder = new ModelFolder();
        string text = ExampleImage.WithSecrets(example.Text);
        if (example.Language == "xml")
            AddItems(folder, text);
        else
            AddFiles(folder, text);

        // That there is a model in the image is what the other pages' examples begin with.
        return [.. folder.Check().Select(finding => finding.Rule.Id).Where(found => found != "MLC3050" || id == "MLC3050").Distinct()];
    }

    private static void AddItems(ModelFolder folder, string xml)
    {
        foreach (XElement item in XElement.Parse(xml).Elements())
        {
            string path = item.Attribute("Include")!.Value;
            if (item.Attribute("Mount")?.Value != "true")
                folder.With(path, OnnxModel.Plain);
            if (item.Name.LocalName == "MlContainerModel")
                folder.Declare(path, item.Attribute("Sha256")?.Value.Replace("{sha256 of models/iris.onnx}", ModelFolder.Sha256(OnnxModel.Plain), StringComparison.Ordinal) ?? "", item.Attribute("Mount")?.Value ?? "");
        }
    }

    private static void AddFiles(ModelFolder folder, string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string path = line.Split(',')[0];
            string value = line.Split(":  ", 2) is [_, var described] ? described : "";
            folder.With(path, line switch
            {
                _ when line.Contains("a pickle of tensors", StringComparison.Ordinal) => MadeFile.StateDictionary,
                _ when line.Contains("a pickle", StringComparison.Ordinal) => System.Text.Encoding.UTF8.GetBytes(value.Replace("\\n", "\n", StringComparison.Ordinal)),
                _ when Location().Match(line) is { Success: true } location => OnnxModel.Model().Message(7, OnnxModel.Graph().Message(5, OnnxModel.ExternalTensor("weight", location.Groups[1].Value))).Bytes,
                _ when line.Contains("metadata_props", StringComparison.Ordinal) => OnnxModel.Model().Entry(14, "training_command", value).Message(7, OnnxModel.Graph()).Bytes,
                _ when path.EndsWith(".safetensors", StringComparison.Ordinal) => MadeFile.Safetensors("{}"),
                _ when path.EndsWith(".onnx", StringComparison.Ordinal) => OnnxModel.Plain,
                _ => new byte[16],
            });
        }
    }

    [GeneratedRegex("value: \"([^\"]{1,100})\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Location();
}
