using System.Xml.Linq;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>Dependencies point one way: hosts know the checks, the checks know no host.</summary>
public sealed class DependencyDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["MlContainerBuild.Secrets"] = [],
        ["MlContainerBuild.Checks"] = ["MlContainerBuild.Secrets"],
        ["MlContainerBuild.Tasks"] = ["MlContainerBuild.Checks"],
        ["MlContainerBuild.Tool"] = ["MlContainerBuild.Checks"],
        ["MlContainerBuild.Analyzers"] = [],
        ["MlContainerBuild.CodeFixes"] = ["MlContainerBuild.Analyzers"],
        ["MlContainerBuild"] = ["MlContainerBuild.Tasks", "MlContainerBuild.CodeFixes"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Repository.PathOf("src")).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatItsLayerMay(string project)
    {
        IEnumerable<string> references = XDocument.Load(Repository.PathOf($"src/{project}/{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(Allowed[project]));
    }

    // MSBuild, Roslyn and consoles are hosts' business.
    [Theory]
    [InlineData("MlContainerBuild.Secrets")]
    [InlineData("MlContainerBuild.Checks")]
    public void Checks_KnowNoHost(string project)
    {
        string[] forbidden = ["Microsoft.Build", "Microsoft.CodeAnalysis", "Console."];
        IEnumerable<string> offenders = Directory.EnumerateFiles(Repository.PathOf("src/" + project), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => File.ReadLines(path).Any(line => line.StartsWith("using ", StringComparison.Ordinal) && forbidden.Any(word => line.Contains(word, StringComparison.Ordinal))
                || line.Contains("Console.Write", StringComparison.Ordinal)));

        Assert.Empty(offenders);
    }
}
