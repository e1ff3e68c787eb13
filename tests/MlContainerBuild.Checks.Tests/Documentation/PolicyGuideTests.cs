using System.Text.RegularExpressions;

using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>docs/policy.md: its examples are policies, and its table has every key.</summary>
public sealed partial class PolicyGuideTests
{
    private static readonly string Page = Repository.Read("docs", "policy.md");

    [Fact]
    public void Examples_AreValid()
    {
        string[] examples = [.. Example.Matches(Page).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, examples.Length);
        Assert.All(examples, yaml => Assert.Empty(PolicyReader.Read("/repository/mlcontainer.yaml", yaml).Findings));
    }

    [Fact]
    public void Table_HasEveryKey()
    {
        IEnumerable<string> keys = PolicyKeys.Root.SelectMany(key => key switch
        {
            "images" => PolicyKeys.Images.Select(inner => $"images.{inner}"),
            "files" => PolicyKeys.Files.Select(inner => $"files.{inner}"),
            "secrets" => PolicyKeys.Secrets.Select(inner => $"secrets.{inner}"),
            "exceptions" => PolicyKeys.Exception.Select(inner => $"exceptions.{inner}").Prepend("exceptions"),
            _ => [key],
        });
        Assert.Equal(keys, Row.Matches(Page).Select(match => match.Groups[1].Value));
    }

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Example { get; }

    [GeneratedRegex(@"^\| `([a-zA-Z.]+)` \|", RegexOptions.Multiline, 1000)]
    private static partial Regex Row { get; }
}
